package dev.catchment.text;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** A Quartz cron of six or seven fields, seconds first, and the zone that its times are of. */
public final class Cron {
    private final CronExpression expression;

    private Cron(CronExpression expression) {
        this.expression = expression;
    }

    /** @throws IllegalArgumentException if one of the two cannot be read; the message says why */
    public static Cron of(String expression, String zone) {
        try {
            CronExpression cron = new CronExpression(expression);
            cron.setTimeZone(TimeZone.getTimeZone(ZoneId.of(zone)));
            return new Cron(cron);
        } catch (ParseException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The same expression. @throws IllegalArgumentException if it cannot be read, or it will never be that time again */
    public static String checked(String expression) {
        if (of(expression, "UTC").next(Instant.now()) == null) {
            throw new IllegalArgumentException("it will never be that time again");
        }
        return expression;
    }

    /** The next time after a moment; null if there is none. */
    public Instant next(Instant after) {
        Date next = expression.getNextValidTimeAfter(Date.from(after));
        return next == null ? null : next.toInstant();
    }
}
