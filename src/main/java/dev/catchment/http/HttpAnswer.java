package dev.catchment.http;

import java.time.Instant;

/**
 * What a GET came to.
 *
 * @param attempts requests it took, the retries included
 * @param begun when the first attempt was made
 * @param milliseconds from the first attempt to the last byte, waiting included
 * @param bytes size of the body
 * @param content what the call's reader made of the body
 */
public record HttpAnswer(
        String url, int status, int attempts, Instant begun, int milliseconds, long bytes, Object content) {

    public <T> T content(Class<T> type) {
        return type.cast(content);
    }
}
