package dev.catchment.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a server said, whatever its status is.
 *
 * @param headers by lower-case name, without those that hold secrets
 * @param body unpacked, perhaps cut off after one byte more than was wanted
 */
public record PageAnswer(int status, Map<String, String> headers, byte[] body) {

    /** How long the server, having too much to do, wants to be left alone; null if it does not say so. */
    public Duration retryAfter() {
        boolean isTooMuch = status == 429 || status == 503;
        return isTooMuch ? RetryAfter.parse(headers.get("retry-after"), Instant.now()) : null;
    }
}
