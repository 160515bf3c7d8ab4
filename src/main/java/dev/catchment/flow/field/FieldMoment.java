package dev.catchment.flow.field;

import dev.catchment.flow.BadRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;

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

    private FieldMoment() {}

    /** The moment, or null for null. Throws {@code bad-date} naming {@code field}. */
    static Instant parse(String text, String field) throws BadRecord {
        if (text == null) {
            return null;
        }
        try {
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
}
