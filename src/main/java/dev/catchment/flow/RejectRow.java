package dev.catchment.flow;

/**
 * What {@code ops.keep_rejects} makes a row of {@code ops.rejects}.
 *
 * @param position where it stands, in words
 * @param key as far as it could be read, else null
 * @param reason a stable code
 * @param record as it came
 */
public record RejectRow(String position, String key, String reason, String message, String record) {
    public RejectRow {
        // A NUL would be one too many for PostgreSQL; in JSON it can only stand as an escape, which stays text.
        record = record.replace("\0", "\\u0000");
    }
}
