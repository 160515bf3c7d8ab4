package dev.catchment.flow.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Turns a good answer into a faulty one.
 *
 * @param clock      whose time an HTTP date is reckoned from
 * @param retryAfter what a throttled client is told to wait, in whole seconds
 */
record Spoiler(Clock clock, Duration retryAfter) {

    /** Faults of the connection and of the order of records leave the answer as it is. */
    Answer spoil(Answer good, Fault fault) {
        return switch (fault) {
            case THROTTLED_FOR_SECONDS ->
                throttled(
                        "{\"code\":\"too_many_requests\",\"error\":true," + "\"message\":\"Too many requests\"}",
                        String.valueOf(retryAfter.toSeconds()));
            case THROTTLED_UNTIL_DATE -> throttled("{\"error\":\"Too many requests\"}", httpDate());
            case THROTTLED -> Answer.html(429, "Too Many Requests");
            case BROKEN -> Answer.json(500, "{\"error\":\"We're sorry. Something went wrong.\"}");
            case UNAVAILABLE -> Answer.html(503, "Service Temporarily Unavailable");
            case TRUNCATED -> good.with(half(good.body()));
            case HTML -> Answer.html(200, "Please stand by");
            case EMPTY -> good.with(new byte[0]);
            case NONE, DROPPED, HANG, UNSORTED, NOT_ADVANCING, EMPTY_PAGE -> good;
        };
    }

    static byte[] half(byte[] body) {
        return Arrays.copyOf(body, body.length / 2);
    }

    private static Answer throttled(String body, String retryAfter) {
        return Answer.json(429, body).with("Retry-After", retryAfter);
    }

    /** The form of RFC 9110, section 5.6.7; rounded up, because it knows no fractions of a second. */
    private String httpDate() {
        Instant moment = clock.instant().plus(retryAfter).plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC));
    }
}
