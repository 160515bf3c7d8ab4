package dev.catchment.registry;

import dev.catchment.flow.BadRecord;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * Reads when an asset was updated: an ISO 8601 day or date-time, or seconds or milliseconds since 1970. A day begins in
 * UTC, and a date-time without an offset is UTC.
 */
final class UpdatedAt {
    /** Seconds up to the year 5138, milliseconds from 1973 on: what is in between is told apart by size. */
    private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

    // Made once: every record of every file has a moment.
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
    private static final Pattern YEAR_OR_DAY = Pattern.compile("\\d{4}|\\d{8}");
    private static final Pattern OFFSET = Pattern.compile("(Z|z|[+-]\\d\\d(:?\\d\\d)?)$");
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("([+-]\\d\\d)(\\d\\d)?$");

    private UpdatedAt() {}

    /** @return ISO 8601 in UTC, null for null or blank. @throws BadRecord {@code bad-date} */
    static String read(String text, String field) throws BadRecord {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            Instant moment = moment(text.strip());
            int year = moment.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1 && year <= 9999) {
                return moment.toString();
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException unreadable) {
            // told below, with the field and what is allowed
        }
        throw new BadRecord(
                BadRecord.BAD_DATE,
                "%s should be an ISO 8601 day or date-time, or seconds since 1970, found %s; the record is rejected."
                        .formatted(field, BadRecord.quote(text)));
    }

    private static Instant moment(String text) {
        if (NUMBER.matcher(text).matches() && !YEAR_OR_DAY.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            boolean seconds = number.abs().compareTo(FIRST_MILLISECONDS) < 0;
            BigDecimal milliseconds = seconds ? number.movePointRight(3) : number;
            return Instant.ofEpochMilli(milliseconds.longValue());
        }
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        String iso = text.replace(' ', 'T');
        if (!OFFSET.matcher(iso).find()) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
        String offset = OFFSET_WITHOUT_COLON.matcher(iso).replaceFirst("$1:$2");
        return OffsetDateTime.parse(offset.endsWith(":") ? offset + "00" : offset)
                .toInstant();
    }
}
