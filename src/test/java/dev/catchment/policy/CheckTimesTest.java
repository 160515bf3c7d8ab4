package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTimesTest {
    private static final Instant NOW = Instant.parse("2026-03-28T12:00:00Z");
    private static final CheckTimes PLAIN = new CheckTimes(0, minutes(15), hours(24));

    private static long minutes(int minutes) {
        return Duration.ofMinutes(minutes).toMillis();
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toMillis();
    }

    private static ClaimedPage check(String frequency, String metadata, int failures) {
        Map<String, Object> row = new HashMap<>();
        row.put("check_frequency", frequency);
        row.put("metadata", metadata);
        row.put("failures_in_a_row", failures);
        return new ClaimedPage(row, "here/1");
    }

    private static Verdict verdict(FetchOutcome outcome, Duration retryAfter) {
        return new Verdict(outcome, "", retryAfter, null);
    }

    @ParameterizedTest
    @CsvSource({"daily, PT24H", "weekly, P7D"})
    void a_page_is_checked_after_its_interval(String frequency, Duration interval) {
        assertThat(PLAIN.afterText(check(frequency, "{}", 0), null, NOW)).isEqualTo(NOW.plus(interval));
    }

    @Test
    void the_time_differs_by_half_of_the_jitter_to_either_side() {
        CheckTimes times = new CheckTimes(minutes(30), minutes(15), hours(24));
        assertThat(IntStream.range(0, 500)
                        .mapToObj(i -> times.afterText(check("daily", "{}", 0), null, NOW))
                        .toList())
                .allMatch(next -> Duration.between(NOW.plus(Duration.ofHours(24)), next)
                                .abs()
                                .compareTo(Duration.ofMinutes(15))
                        <= 0)
                .anyMatch(next -> next.isBefore(NOW.plus(Duration.ofHours(24))))
                .anyMatch(next -> next.isAfter(NOW.plus(Duration.ofHours(24))));
    }

    @Test
    void a_cron_is_one_of_its_zone_over_a_change_of_the_clocks() {
        String cron = "{\"cron\": \"0 0 9 * * ?\", \"zone\": \"Europe/London\"}";
        Instant first = PLAIN.afterText(check("custom", cron, 0), null, Instant.parse("2026-03-28T08:00:00Z"));
        assertThat(first).isEqualTo("2026-03-28T09:00:00Z");
        assertThat(PLAIN.afterText(check("custom", cron, 0), null, first)).isEqualTo("2026-03-29T08:00:00Z");
    }

    @Test
    void times_that_were_missed_are_made_up_for_by_one_check() {
        String everyMinute = "{\"cron\": \"0 * * * * ?\"}";
        assertThat(PLAIN.afterText(check("custom", everyMinute, 0), null, NOW)).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void a_jitter_is_never_more_than_a_tenth_of_the_time_between_two_checks() {
        CheckTimes times = new CheckTimes(hours(1), minutes(15), hours(24));
        String everyMinute = "{\"cron\": \"0 * * * * ?\"}";
        assertThat(IntStream.range(0, 200).mapToObj(i -> times.afterText(check("custom", everyMinute, 0), null, NOW)))
                .allMatch(next -> next.isBefore(NOW.plusSeconds(66)));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, 0, PT0S",
        "SERVER_ERROR, 1, PT15M",
        "SERVER_ERROR, 3, PT1H",
        "FORBIDDEN, 0, PT15M",
        "FORBIDDEN, 2, PT1H",
        "FORBIDDEN, 40, PT24H",
        "NOT_FOUND, 0, PT24H",
        "NOT_FOUND, 9, PT24H",
        "GONE, 0, P7D"
    })
    void after_a_failure_its_cause_decides(FetchOutcome outcome, int failures, Duration pause) {
        assertThat(PLAIN.afterFailure(check("daily", "{}", failures), verdict(outcome, null), NOW))
                .isEqualTo(NOW.plus(pause));
    }

    @ParameterizedTest
    @CsvSource({"PT2H, PT2H", "P30D, PT24H", "PT1S, PT15M"})
    void what_the_server_asks_to_wait_is_waited_within_reason(Duration asked, Duration waited) {
        Verdict verdict = verdict(FetchOutcome.TOO_MANY_REQUESTS, asked);
        assertThat(PLAIN.afterFailure(check("weekly", "{}", 0), verdict, NOW)).isEqualTo(NOW.plus(waited));
    }

    @Test
    void a_change_is_confirmed_before_the_regular_time_if_it_may_be() {
        ClaimedPage check = check("daily", "{}", 0);
        Instant soon = NOW.plusSeconds(600);
        assertThat(PLAIN.afterText(check, new Confirmation.Doubt("changed", soon), NOW))
                .isEqualTo(soon);
        Instant late = NOW.plus(Duration.ofDays(3));
        assertThat(PLAIN.afterText(check, new Confirmation.Doubt("flapping", late), NOW))
                .isEqualTo(NOW.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{\"cron\": \"daily\"}", "{\"cron\": \"0 0 9 * * ?\", \"zone\": \"Europe/Lundon\"}", "{}"})
    void a_cron_or_zone_that_is_none_is_the_fault_of_the_source(String metadata) {
        assertThatThrownBy(() -> PLAIN.afterText(check("custom", metadata, 0), null, NOW))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("metadata.cron or metadata.zone");
    }
}
