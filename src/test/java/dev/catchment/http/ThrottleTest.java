package dev.catchment.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThrottleTest {
    /** The empty page at the end is asked for once more, for half as many records. */
    private static final int EMPTY_AGAIN = 50;

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void a_retry_is_a_request_and_passes_the_throttler_too() {
        rig.set("http.requests-per-second", "5").set("http.max-retries", "5");
        rig.standIn().next(Fault.BROKEN, Fault.THROTTLED, Fault.TRUNCATED, Fault.UNAVAILABLE);
        rig.crawl(Assets.lines(5));
        assertThat(rig.requests()).hasSize(7);
        assertPaced(Duration.ofMillis(200));
    }

    @Test
    void a_look_up_by_id_passes_the_throttler_too() {
        rig.set("catalog.retire.max-percent", "100%").crawl(Assets.lines(5));
        rig.standIn().forget();
        rig.set("http.requests-per-second", "5");
        assertThat(rig.crawl(Assets.lines(4))).containsEntry("retired", 1L);
        assertThat(rig.requests()).hasSize(4);
        assertPaced(Duration.ofMillis(200));
    }

    @Test
    void both_regions_share_the_throttle_of_one_host() {
        rig.set("http.requests-per-second", "10").serve(Assets.lines(25));
        CompletableFuture<Map<String, Object>> us = rig.crawlLater(Orders.whole());
        CompletableFuture<Map<String, Object>> eu = rig.crawlLater(WalkOrder.whole("catalog", "crawl", "eu", "test"));
        us.join();
        eu.join();
        assertThat(rig.requests()).hasSize(10);
        assertPaced(Duration.ofMillis(100));
    }

    @Test
    void page_size_halves_while_pages_keep_failing_and_the_run_still_completes() {
        rig.set("catalog.page-size", "1000").set("http.max-retries", "1");
        rig.standIn()
                .override(request ->
                        limit(request) > 100 ? Optional.of(Answer.html(504, "Gateway Time-out")) : Optional.empty());
        assertThat(rig.crawl(Assets.lines(150)))
                .containsEntry("status", "succeeded")
                .containsEntry("added", 150L);
        assertThat(rig.requests())
                .extracting(ThrottleTest::limit)
                .containsExactly(1000, 1000, 500, 500, 250, 250, 125, 125, 100, 100, 100, EMPTY_AGAIN);
    }

    @Test
    void page_size_halves_after_time_outs_too() {
        rig.set("catalog.page-size", "200").set("http.max-retries", "0").set("http.timeout", "300ms");
        rig.standIn().next(Fault.HANG);
        assertThat(rig.crawl(Assets.lines(50))).containsEntry("status", "succeeded");
        assertThat(rig.requests()).extracting(ThrottleTest::limit).containsExactly(200, 100, 100, EMPTY_AGAIN);
    }

    @Test
    void page_size_stays_when_the_server_is_merely_busy() {
        rig.set("catalog.page-size", "1000").set("http.max-retries", "1");
        rig.standIn().override(request -> Optional.of(Answer.html(429, "Too Many Requests")));
        assertThat(rig.crawl()).containsEntry("status", "failed");
        assertThat(rig.requests()).extracting(ThrottleTest::limit).containsExactly(1000, 1000);
    }

    @Test
    void page_size_is_not_halved_below_one_hundred() {
        rig.set("catalog.page-size", "150").set("http.max-retries", "0");
        rig.standIn().override(request -> Optional.of(Answer.html(500, "Broken")));
        assertThat(rig.crawl()).containsEntry("status", "failed");
        assertThat(rig.requests()).extracting(ThrottleTest::limit).containsExactly(150, 100);
    }

    @Test
    void every_request_says_honestly_who_asks() {
        rig.set("http.user-agent", "Catchment/test (someone@example.org)").crawl(Assets.lines(5));
        assertThat(rig.requests())
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("User-Agent", "Catchment/test (someone@example.org)")
                        .containsEntry("Accept", "application/json")
                        .hasEntrySatisfying(
                                "Accept-Encoding", value -> assertThat(value).contains("gzip")));
    }

    private static int limit(Request request) {
        return Integer.parseInt(request.parameter("limit").get(0));
    }

    /** From first to last; a request may be late on a busy machine, and the next one is then close behind it. */
    private void assertPaced(Duration period) {
        List<Instant> times = rig.requests().stream().map(Request::at).toList();
        int pauses = times.size() - 1;
        assertThat(Duration.between(times.get(0), times.get(pauses)))
                .isGreaterThanOrEqualTo(
                        period.multipliedBy(pauses).multipliedBy(7).dividedBy(10));
    }
}
