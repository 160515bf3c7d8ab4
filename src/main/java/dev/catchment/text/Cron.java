package dev.catchment.text;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/** A Quartz cron of six or seven fields, seconds first, and the zone that its times are of. */
public final class Cron {
    /** How far to look back: Quartz looks ahead alone. */
    private static final List<Duration> BACK = Stream.of(1, 60, 24 * 60, 8 * 24 * 60, 366 * 24 * 60)
            .map(Duration::ofMinutes)
            .toList();

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

    /** The last time up to a moment; null if there was none for a year. */
    public Instant last(Instant until) {
        return BACK.stream()
                .map(back -> last(until, back))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Instant last(Instant until, Duration back) {
        Instant last = null;
        Instant time = next(until.minus(back));
        while (time != null && !time.isAfter(until)) {
            last = time;
            time = next(time);
        }
        return last;
    }

    /** The next time after a moment; null if there is none. */
    public Instant next(Instant after) {
        Date next = expression.getNextValidTimeAfter(Date.from(after));
        return next == null ? null : next.toInstant();
    }
}
