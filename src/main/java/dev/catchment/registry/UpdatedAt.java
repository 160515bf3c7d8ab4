package dev.catchment.registry;

import dev.catchment.flow.BadRecord;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads when an asset was updated: an ISO 8601 day or date-time, or seconds or milliseconds since 1970. A day begins in
 * UTC, and a date-time without an offset is UTC.
 */
final class UpdatedAt {
    /** Seconds up to the year 5138, milliseconds from 1973 on: what is in between is told apart by size. */
    private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

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
                "%s should be an ISO 8601 day or date-time, or seconds since 1970, found %s; the record is left out."
                        .formatted(field, BadRecord.quote(text)));
    }

    private static Instant moment(String text) {
        if (text.matches("-?\\d{1,15}(\\.\\d{1,9})?") && !text.matches("\\d{4}|\\d{8}")) { // a year, a day
            BigDecimal number = new BigDecimal(text);
            boolean seconds = number.abs().compareTo(FIRST_MILLISECONDS) < 0;
            BigDecimal milliseconds = seconds ? number.movePointRight(3) : number;
            return Instant.ofEpochMilli(milliseconds.longValue());
        }
        if (text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        String iso = text.replaceFirst(" ", "T");
        boolean hasOffset = iso.matches(".*(Z|z|[+-]\\d\\d(:?\\d\\d)?)$");
        return hasOffset
                ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)(\\d\\d)?$", "$1:$2")
                                .replaceFirst(":$", ":00"))
                        .toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
