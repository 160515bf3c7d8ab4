package dev.catchment.flow.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What came from elsewhere, as a mail may say it. */
public final class MailText {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK);

    private MailText() {}

    /** On one line: a name with a line break in it ends neither header nor paragraph. */
    public static String line(String text) {
        return visible(text).replaceAll("\\s+", " ").strip();
    }

    public static String line(JsonNode row, String field) {
        return line(row.path(field).asText(""));
    }

    /** Without what a terminal would take for an order. */
    public static String visible(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\n\t]]", " ");
    }

    /** UTC, to the minute. @param json as PostgreSQL writes a moment into JSON */
    public static String moment(String json) {
        return OffsetDateTime.parse(json).withOffsetSameInstant(ZoneOffset.UTC).format(MOMENT);
    }
}
