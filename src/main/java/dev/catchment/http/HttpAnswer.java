package dev.catchment.http;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;

/**
 * What a GET came to.
 *
 * @param headers by lower-case name, without those that hold secrets
 * @param attempts requests it took, the retries included
 * @param begun when the first attempt was made
 * @param milliseconds from the first attempt to the last byte, waiting included
 * @param bytes size of the body, unpacked, perhaps cut off after one byte more than was wanted
 * @param content the body, and once it is judged what the call's reader made of it
 */
public record HttpAnswer(
        String url,
        int status,
        Map<String, String> headers,
        int attempts,
        Instant begun,
        int milliseconds,
        long bytes,
        Object content) {
    /** Where nobody says when requests are left again. */
    private static final Duration UNKNOWN_RESET = Duration.ofMinutes(1);

    /** Whether it leads elsewhere. */
    public boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    public <T> T content(Class<T> type) {
        return type.cast(content);
    }

    /** One of the pages that it holds. */
    public HttpAnswer part(int took, int tries, long size, Object page) {
        return new HttpAnswer(url, status, headers, tries, begun, took, size, page);
    }

    public byte[] body() {
        return content(byte[].class);
    }

    /**
     * How long it takes until requests are left again; null if there are some.
     *
     * @param header that says how many are left; its fellow that ends with Reset says in how many seconds, or when, there are more
     */
    Duration quotaReset(String header) {
        String left = headers.get(header.toLowerCase(Locale.ROOT));
        if (left == null || !left.strip().equals("0")) {
            return null;
        }
        String reset = headers.getOrDefault(header.toLowerCase(Locale.ROOT).replace("remaining", "reset"), "");
        if (reset.strip().matches("\\d{10}")) { // seconds since 1970
            Duration wait = Duration.between(Instant.now(), Instant.ofEpochSecond(Long.parseLong(reset.strip())));
            return wait.isNegative() ? Duration.ZERO : wait;
        }
        Duration wait = RetryAfter.parse(reset, Instant.now());
        return wait != null ? wait : untilDate(reset.strip());
    }

    /** @param reset a date and time of ISO 8601, as several portals write it, some with a blank for the T */
    private static Duration untilDate(String reset) {
        try {
            Duration wait = Duration.between(
                    Instant.now(), OffsetDateTime.parse(reset.replace(' ', 'T')).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException unreadable) {
            return UNKNOWN_RESET;
        }
    }

    /** How long the server, having too much to do, wants to be left alone; null if it does not say so. */
    public Duration retryAfter() {
        boolean isTooMuch = status == 429 || status == 503;
        return isTooMuch ? RetryAfter.parse(headers.get("retry-after"), Instant.now()) : null;
    }
}
