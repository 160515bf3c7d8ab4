package dev.catchment.http;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What one request through the door needs before it goes out, and the judgement on what comes back. */
public final class HttpDoor {
    private static final int SNIPPET = 200;

    private final String userAgent;
    private final long maxResponse;
    private final Duration timeout;

    /**
     * @param maxResponse largest body that is read, in bytes
     * @param timeout longest time a body may take, in milliseconds
     */
    public HttpDoor(String userAgent, long maxResponse, long timeout) {
        this.timeout = Duration.ofMillis(timeout);
        this.userAgent = userAgent;
        this.maxResponse = maxResponse;
    }

    /** Turns the HttpCall in the body into a request of camel-http; nothing else of the exchange goes out. */
    public void prepare(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        Message message = exchange.getMessage();
        exchange.setProperty("httpCall", call);
        // Left from a failure that a doCatch has dealt with, it keeps Camel from trying anything again.
        exchange.getExchangeExtension().setFailureHandled(false);
        message.removeHeaders("*");
        call.attempt().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_URI, call.url());
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader("Accept", "application/json");
        message.setHeader("User-Agent", userAgent);
        message.setBody(null);
    }

    /**
     * Turns the response into an HttpAnswer.
     *
     * @throws TransientFailure for 408, 429, 5xx, and a body that is broken or of the wrong kind
     * @throws PermanentFailure for every other status that is not a success
     */
    public void judge(Exchange exchange) throws IOException {
        Message response = exchange.getMessage();
        int status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        String type = response.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        byte[] body = read(response.getBody(InputStream.class));
        String said = "HTTP %d, %s: %s".formatted(status, type.isEmpty() ? "no content type" : type, snippet(body));
        if (status == 408 || status == 429 || status >= 500) {
            Duration wait = RetryAfter.parse(response.getHeader("Retry-After", String.class), Instant.now());
            throw new TransientFailure(said, status, wait);
        }
        if (status < 200 || status >= 300) {
            throw new PermanentFailure(said, status);
        }
        if (!type.contains("json")) {
            throw new TransientFailure("Expected JSON, received " + said);
        }
        HttpCall call = exchange.getProperty("httpCall", HttpCall.class);
        response.removeHeaders("*");
        response.setBody(call.answer(status, body));
    }

    private byte[] read(InputStream body) throws IOException {
        byte[] bytes = Body.read(body, maxResponse, timeout);
        if (bytes.length > maxResponse) {
            throw new PermanentFailure(
                    "The answer is larger than http.max-response (%d bytes).".formatted(maxResponse));
        }
        return bytes;
    }

    private static String snippet(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SNIPPET), StandardCharsets.UTF_8);
        return text.isBlank() ? "an empty body" : text.strip().replaceAll("\\s+", " ");
    }
}
