package dev.catchment.policy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.policy.page.Verdict;
import dev.catchment.text.Cron;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a page is checked next. Always later than now: times that were missed are made up for by one check.
 *
 * @param jitter milliseconds by which a time may differ, so that pages do not come due together; never more than a tenth of
 *     the time between two checks
 * @param retryDelay milliseconds after the first failure, doubled for each further one
 * @param longestWait milliseconds: the longest wait that a server can ask for
 */
public record CheckTimes(long jitter, long retryDelay, long longestWait) {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_DOUBLINGS = 16;

    /** After a text, or what counts as one. @param doubt why it does not count yet; null if it does */
    Instant afterText(ClaimedPage check, Confirmation.Doubt doubt, Instant now) {
        Instant regular = regular(check, now);
        return doubt == null || doubt.confirmAt().isAfter(regular) ? regular : doubt.confirmAt();
    }

    /** After a failure, by the rule of its cause. */
    Instant afterFailure(ClaimedPage check, Verdict verdict, Instant now) {
        int failures = check.number("failures_in_a_row");
        Instant next = switch (verdict.outcome().retry()) {
            case NOW -> failures == 0 ? now : backOff(check, failures - 1, now);
            case BACK_OFF -> backOff(check, failures, now);
            case NEXT_CHECK -> regular(check, now);
            case WEEKLY -> later(regular(check, now), now.plus(WEEK));
        };
        return verdict.retryAfter() == null ? next : later(next, now.plus(atMost(verdict.retryAfter())));
    }

    private Duration atMost(Duration asked) {
        return asked.toMillis() > longestWait ? Duration.ofMillis(longestWait) : asked;
    }

    private Instant backOff(ClaimedPage check, int failures, Instant now) {
        Instant regular = regular(check, now);
        Instant pause = now.plusMillis(retryDelay << Math.min(failures, MOST_DOUBLINGS));
        return pause.isBefore(regular) ? pause : regular;
    }

    private Instant regular(ClaimedPage check, Instant now) {
        String frequency = check.text("check_frequency");
        if (frequency.equals("custom")) {
            Instant next = nextOf(cron(check), now);
            Instant afterwards = nextOf(cron(check), next);
            return next.plusMillis(random(Duration.between(next, afterwards)));
        }
        Duration between = frequency.equals("weekly") ? WEEK : Duration.ofDays(1);
        long spread = random(between);
        return now.plus(between).minusMillis(spread / 2).plusMillis(random(between) / 2);
    }

    private long random(Duration between) {
        long most = Math.min(jitter, between.toMillis() / 10);
        return most <= 0 ? 0 : ThreadLocalRandom.current().nextLong(most);
    }

    private static Instant nextOf(Cron cron, Instant after) {
        Instant next = cron.next(after);
        return next == null ? after.plus(Duration.ofDays(36_500)) : next; // a cron of the past
    }

    private static Cron cron(ClaimedPage check) {
        try {
            return Cron.of(
                    check.metadata().path("cron").asText(),
                    check.metadata().path("zone").asText("UTC"));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("metadata.cron or metadata.zone cannot be read: " + e.getMessage());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
