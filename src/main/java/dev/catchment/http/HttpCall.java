package dev.catchment.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A GET to be made: its URL without secrets, its headers, and who reads the body. Counts its attempts.
 */
public final class HttpCall {
    private final String url;
    private final Map<String, String> headers;
    private final BodyReader<?> reader;
    private final BooleanSupplier wanted;
    private Instant begun;
    private Instant notBefore = Instant.MIN;
    private int attempts;

    /** Reads a body into what it means; throws TransientFailure where the body is broken. */
    @FunctionalInterface
    public interface BodyReader<T> {
        T read(byte[] body);
    }

    /** @param wanted whether anybody still waits for the answer; asked before each retry */
    public HttpCall(String url, Map<String, String> headers, BodyReader<?> reader, BooleanSupplier wanted) {
        this.wanted = wanted;
        this.url = url;
        this.headers = Map.copyOf(headers);
        this.reader = reader;
    }

    public String url() {
        return url;
    }

    /** The host with its port: what is throttled together. */
    public String host() {
        return java.net.URI.create(url).getAuthority();
    }

    /** Requests made so far. */
    public int attempts() {
        return attempts;
    }

    void notBefore(Instant moment) {
        notBefore = moment;
    }

    /** Whether the server asked to be left alone until later. */
    boolean isTooEarly() {
        return Instant.now().isBefore(notBefore);
    }

    /** Whether anybody still waits for the answer. */
    public boolean isWanted() {
        return wanted.getAsBoolean();
    }

    /** The headers to send, for one more attempt. */
    public Map<String, String> attempt() {
        if (begun == null) {
            begun = Instant.now();
        }
        attempts++;
        return headers;
    }

    public HttpAnswer answer(int status, byte[] body) {
        Object content = reader.read(body);
        int milliseconds =
                Math.toIntExact(Duration.between(begun, Instant.now()).toMillis());
        return new HttpAnswer(url, status, attempts, begun, milliseconds, body.length, content);
    }
}
