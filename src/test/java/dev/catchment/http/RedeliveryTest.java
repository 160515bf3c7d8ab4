package dev.catchment.http;

import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.Assets;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedeliveryTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @EnumSource(
            names = {
                "THROTTLED_FOR_SECONDS",
                "THROTTLED_UNTIL_DATE",
                "THROTTLED",
                "BROKEN",
                "UNAVAILABLE",
                "TRUNCATED",
                "HTML",
                "DROPPED",
                "HANG",
                "EMPTY"
            })
    void a_transient_failure_is_tried_again_and_counted(Fault fault) {
        rig.set("http.timeout", "400ms").set("http.max-retry-delay", "10ms");
        rig.standIn().next(Fault.NONE, fault, fault);
        assertThat(Counts.of(rig.crawl(Assets.lines(15)))).isEqualTo("succeeded: seen 15, added 15");
        assertThat(number("select attempts from ops.requests where sequence = 1"))
                .isEqualTo(1);
        assertThat(number("select attempts from ops.requests where sequence = 2"))
                .isEqualTo(3);
        assertThat(rig.requests()).hasSize(6);
        assertThat(rig.requests().subList(1, 4))
                .extracting(Request::query)
                .containsOnly("scroll_id=" + Assets.id(10) + "&limit=10");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 400, 401, 403, 404, 410, 422})
    void any_other_status_is_final_after_one_request(int status) {
        rig.standIn().override(request -> Optional.of(Answer.json(status, "{\"error\":\"Domain not found: x\"}")));
        Map<String, Object> run = rig.crawl();
        assertThat(Counts.of(run)).isEqualTo("failed: ");
        assertThat((String) run.get("error")).contains("HTTP " + status);
        assertThat(rig.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "UNAVAILABLE", "DROPPED"})
    void the_client_adds_no_retries_of_its_own(Fault fault) {
        rig.set("http.max-retries", "0");
        rig.standIn().next(fault);
        assertThat(Counts.of(rig.crawl(Assets.lines(5)))).isEqualTo("failed: ");
        assertThat(rig.requests()).hasSize(1);
    }

    @Test
    void it_gives_up_after_the_retries_that_are_set() {
        rig.set("http.max-retries", "3");
        rig.standIn().override(request -> Optional.of(Answer.html(503, "Down")));
        Map<String, Object> run = rig.crawl();
        assertThat((String) run.get("error")).contains("HTTP 503").contains("Down");
        assertThat(rig.requests()).hasSize(4);
    }

    @Test
    void retry_after_in_seconds_wins_over_the_own_pause() {
        rig.set("http.max-retry-delay", "5s");
        rig.standIn().next(Fault.THROTTLED_FOR_SECONDS);
        rig.crawl(Assets.lines(5));
        assertThat(gaps().get(0)).isBetween(Duration.ofMillis(990), Duration.ofMillis(3000));
    }

    @Test
    void retry_after_as_a_date_wins_over_the_own_pause() {
        rig.set("http.max-retry-delay", "5s");
        rig.standIn().setRetryAfter(Clock.systemUTC(), Duration.ofSeconds(1));
        rig.standIn().next(Fault.THROTTLED_UNTIL_DATE);
        rig.crawl(Assets.lines(5));
        assertThat(gaps().get(0)).isBetween(Duration.ofMillis(900), Duration.ofMillis(3500));
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED_FOR_SECONDS", "THROTTLED_UNTIL_DATE"})
    void an_hour_of_retry_after_is_capped(Fault fault) {
        rig.set("http.max-retry-delay", "300ms");
        rig.standIn().setRetryAfter(Clock.systemUTC(), Duration.ofHours(1));
        rig.standIn().next(fault);
        assertThat(Counts.of(rig.crawl(Assets.lines(5)))).isEqualTo("succeeded: seen 5, added 5");
        assertThat(gaps().get(0)).isBetween(Duration.ofMillis(290), Duration.ofMillis(2000));
    }

    @Test
    void a_retry_after_that_is_past_or_nonsense_does_no_harm() {
        for (String value : List.of("Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-5", "")) {
            rig.standIn().forget();
            rig.standIn()
                    .override(request -> rig.requests().size() == 1
                            ? Optional.of(Answer.json(429, "{}").with("Retry-After", value))
                            : Optional.empty());
            assertThat(rig.crawl(Assets.lines(5))).containsEntry("status", "succeeded");
        }
    }

    @Test
    void the_own_pause_doubles_but_for_a_quarter_of_jitter() {
        rig.set("http.retry-delay", "100ms").set("http.max-retries", "3");
        rig.standIn().next(Fault.BROKEN, Fault.BROKEN, Fault.BROKEN);
        rig.crawl(Assets.lines(5));
        assertThat(gaps().get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(70));
        assertThat(gaps().get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(105));
        assertThat(gaps().get(2)).isGreaterThanOrEqualTo(Duration.ofMillis(160));
    }

    @Test
    void an_answer_that_is_too_large_is_refused_and_says_which_setting() {
        rig.set("http.max-response", "1kB");
        Map<String, Object> run = rig.crawl(Assets.lines(5));
        assertThat((String) run.get("error")).contains("http.max-response");
        assertThat(rig.requests()).hasSize(1);
    }

    private List<Duration> gaps() {
        List<Instant> times = rig.requests().stream().map(Request::at).toList();
        return java.util.stream.IntStream.range(1, times.size())
                .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
                .toList();
    }
}
