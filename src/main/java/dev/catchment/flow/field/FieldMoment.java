package dev.catchment.flow.field;

import dev.catchment.flow.BadRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Reads the API's dates, {@code yyyy-MM-ddTHH:mm:ss.SSSZ}, and any ISO 8601 date-time that states its offset.
 *
 * <p>A date-time without offset is refused: guessing a zone moves it by hours. Microseconds are kept, as in
 * {@code timestamptz}; years outside 1 to 9999 are refused.
 */
final class FieldMoment {

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /** Of the years 1000 to 9999. */
    private static final Pattern USUAL = Pattern.compile("[1-9]\\d{3}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");

    private FieldMoment() {}

    /** The moment, or null for null. Throws {@code bad-date} naming {@code field}. */
    static Instant parse(String text, String field) throws BadRecord {
        if (text == null) {
            return null;
        }
        try {
            if (USUAL.matcher(text).matches()) {
                return usual(text);
            }
            OffsetDateTime moment = OffsetDateTime.parse(text, ISO).withOffsetSameInstant(ZoneOffset.UTC);
            if (moment.getYear() >= 1 && moment.getYear() <= 9999) {
                return moment.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException refused) {
            // told below, with the field and what is allowed
        }
        throw new BadRecord(
                BadRecord.BAD_DATE,
                field + " should be a date-time with offset such as " + "2019-08-23T21:52:42.000Z, found "
                        + BadRecord.quote(text) + "; the record is rejected.");
    }

    /** Nearly all are of this form, and the formatter took a tenth of the time of a crawl. */
    private static Instant usual(String text) {
        LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
        LocalTime time = LocalTime.of(
                digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19), digits(text, 20, 23) * 1_000_000);
        return date.atTime(time).toInstant(ZoneOffset.UTC);
    }

    private static int digits(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
