package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.Counts;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Orders;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrawlResumeTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @Test
    void a_stopped_crawl_goes_on_from_its_cursor_and_nothing_is_fetched_twice() {
        rig.serve(Assets.lines(95)).standIn().setLatency(Duration.ofMillis(20));
        var crawl = rig.crawlLater(Orders.whole());
        Await.until("three pages are committed", () -> number("select count(*) from ops.requests") >= 3);
        assertThat(rig.service().running().stop("catalog/crawl/us")).isTrue();
        Map<String, Object> stopped = crawl.join();
        assertThat(stopped).containsEntry("status", "stopped").containsEntry("error", null);
        assertThat((long) stopped.get("seen")).isBetween(30L, 80L);
        assertThat(Counts.of(rig.crawl()))
                .isEqualTo("succeeded: seen %1$d, added %1$d".formatted(95 - (long) stopped.get("added")));
        assertThat(text("select resumes || is_complete::text from ops.runs where begun_at < started_at"))
                .isEqualTo("1true");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(95);
        assertThat(rig.requests())
                .extracting(Request::query)
                .doesNotHaveDuplicates()
                .as("ten pages, and the empty one at the end twice, the second time for half as many")
                .hasSize(12);
    }

    @Test
    void closing_the_service_stops_the_crawl_and_the_next_service_goes_on() {
        rig.serve(Assets.lines(95)).standIn().setLatency(Duration.ofMillis(20));
        var crawl = rig.crawlLater(Orders.whole());
        Await.until("a page is committed", () -> number("select count(*) from ops.requests") >= 1);
        rig.stop();
        assertThat(crawl.join()).containsEntry("status", "stopped");
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(95);
    }

    @Test
    void a_crawl_that_failed_in_the_middle_goes_on_from_its_cursor() {
        rig.standIn()
                .override(request -> request.query().contains(Assets.id(20))
                        ? Optional.of(Answer.json(400, "{\"error\":\"bad\"}"))
                        : Optional.empty());
        assertThat(Counts.of(rig.crawl(Assets.lines(35)))).isEqualTo("failed: seen 20, added 20");
        rig.standIn().override(request -> Optional.empty());
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 15, added 15");
        assertThat(
                        texts(
                                "select status || ' ' || coalesce(resumes::text, '-') || ' ' || is_complete from ops.runs order by id"))
                .containsExactly("failed - false", "succeeded 1 true");
    }

    @Test
    void a_chain_of_failures_keeps_the_place_and_the_beginning() {
        rig.standIn().next(Fault.NONE, Fault.UNSORTED, Fault.UNSORTED, Fault.NONE, Fault.UNSORTED);
        rig.serve(Assets.lines(35));
        assertThat(List.of(
                        Counts.of(rig.crawl()), Counts.of(rig.crawl()), Counts.of(rig.crawl()), Counts.of(rig.crawl())))
                .containsExactly(
                        "failed: seen 10, added 10",
                        "failed: ",
                        "failed: seen 10, added 10",
                        "succeeded: seen 15, added 15");
        assertThat(number("select count(distinct begun_at) from ops.runs")).isEqualTo(1);
        assertThat(texts("select cursor from ops.runs order by id"))
                .containsExactly(Assets.id(10), Assets.id(10), Assets.id(20), Assets.id(35));
    }

    @Test
    void fresh_begins_anew() {
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        rig.crawl(Assets.lines(25));
        assertThat(Counts.of(rig.crawl(Orders.fresh()))).isEqualTo("succeeded: seen 25, added 15, unchanged 10");
        assertThat(text("select resumes from ops.runs where id = 2")).isEqualTo("null");
    }

    @Test
    void a_finished_crawl_is_not_gone_on_with() {
        rig.crawl(Assets.lines(5));
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 5, unchanged 5");
        assertThat(text("select resumes from ops.runs where id = 2")).isEqualTo("null");
    }

    @Test
    void an_unfinished_directory_crawl_does_not_make_the_next_whole_one_skip_datasets() {
        rig.standIn().next(Fault.NONE, Fault.UNSORTED);
        rig.serve(Assets.lines(25)).crawl(Orders.directory());
        assertThat(Counts.of(rig.crawl())).isEqualTo("succeeded: seen 25, added 25");
    }

    @Test
    void a_stop_does_not_wait_for_retry_after() {
        rig.set("http.max-retry-delay", "1h").serve(Assets.lines(35));
        rig.standIn().setRetryAfter(Clock.systemUTC(), Duration.ofMinutes(30));
        rig.standIn().next(Fault.NONE, Fault.THROTTLED_FOR_SECONDS);
        var crawl = rig.crawlLater(Orders.whole());
        // It also waits for its turn at the host, but not as long.
        Await.until("it waits to try again", () -> rig.requests().size() == 2 && isWaitingToTryAgain());
        rig.service().running().stop("catalog/crawl/us");
        Await.until("the crawl has stopped", crawl::isDone);
        assertThat(crawl.join()).containsEntry("status", "stopped").containsEntry("cursor", Assets.id(10));
    }

    private static boolean isWaitingToTryAgain() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().endsWith(".RetryAfter")
                        && frame.getMethodName().equals("await"));
    }
}
