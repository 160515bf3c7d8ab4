package dev.catchment.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A GET to be made: its URL without secrets, its headers, and who reads the body. Counts its attempts.
 */
public final class HttpCall {
    private final String url;
    private final Map<String, String> headers;
    private final long wanted;
    private final BodyReader<?> reader;
    private final CountDownLatch calledOff;
    private Instant begun;
    private Instant notBefore = Instant.MIN;
    private int attempts;

    /** Reads a body into what it means; throws TransientFailure where the body is broken. */
    @FunctionalInterface
    public interface BodyReader<T> {
        T read(byte[] body);
    }

    /** @param calledOff opens when nobody wants the answer any more: it is not tried again then, and waits no longer */
    public HttpCall(String url, Map<String, String> headers, BodyReader<?> reader, CountDownLatch calledOff) {
        this(url, headers, Long.MAX_VALUE, reader, calledOff);
    }

    /**
     * To be asked for once, for its bytes.
     *
     * @param wanted bytes of the body; of a larger one no more than one byte more is read
     */
    public HttpCall(URI url, Map<String, String> headers, long wanted) {
        // Without characters that Camel would take for a placeholder of its own.
        this(url.toASCIIString(), headers, wanted, body -> body, new CountDownLatch(1));
    }

    private HttpCall(
            String url, Map<String, String> headers, long wanted, BodyReader<?> reader, CountDownLatch calledOff) {
        this.url = url;
        this.headers = Map.copyOf(headers);
        this.wanted = wanted;
        this.reader = reader;
        this.calledOff = calledOff;
    }

    public String url() {
        return url;
    }

    /** The host with its port: what is throttled together. */
    public String host() {
        return URI.create(url).getAuthority();
    }

    /** Requests made so far. */
    public int attempts() {
        return attempts;
    }

    void notBefore(Instant moment) {
        notBefore = moment;
    }

    /** Waits until the server wants to be asked again, or nobody wants the answer any more. */
    void awaitTurn() throws InterruptedException {
        if (Instant.now().isBefore(notBefore)) {
            calledOff.await(Duration.between(Instant.now(), notBefore).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether anybody still waits for the answer. */
    public boolean isWanted() {
        return calledOff.getCount() > 0;
    }

    /** The headers to send, for one more attempt. */
    public Map<String, String> attempt() {
        if (begun == null) {
            begun = Instant.now();
        }
        attempts++;
        return headers;
    }

    long wanted() {
        return wanted;
    }

    HttpAnswer answer(int status, Map<String, String> received, byte[] body) {
        int milliseconds =
                Math.toIntExact(Duration.between(begun, Instant.now()).toMillis());
        return new HttpAnswer(url, status, received, attempts, begun, milliseconds, body.length, body);
    }

    HttpAnswer read(HttpAnswer answer) {
        return new HttpAnswer(
                url,
                answer.status(),
                answer.headers(),
                answer.attempts(),
                answer.begun(),
                answer.milliseconds(),
                answer.bytes(),
                reader.read(answer.body()));
    }
}
