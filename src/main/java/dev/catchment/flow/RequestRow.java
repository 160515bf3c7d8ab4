package dev.catchment.flow;

import java.time.Instant;

/**
 * What {@code ops.keep_request} makes a row of {@code ops.requests}: one page, or one part of a file.
 *
 * @param sequence its number in the run, from 1
 * @param firstKey of its first record
 * @param lastKey of its last record
 * @param cursorKey where a run resumes after it; null if it does not say
 */
public record RequestRow(
        int sequence,
        Instant requestedAt,
        String url,
        int status,
        int attempts,
        long milliseconds,
        long bytes,
        String firstKey,
        String lastKey,
        String cursorKey,
        int records) {}
