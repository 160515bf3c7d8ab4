package dev.catchment.policy.mail;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A moment as a mail shows it: UTC, to the minute. */
final class MailMoment {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK);

    private MailMoment() {}

    /** @param json as PostgreSQL writes a moment into JSON */
    static String of(String json) {
        return OffsetDateTime.parse(json).withOffsetSameInstant(ZoneOffset.UTC).format(FORM);
    }
}
