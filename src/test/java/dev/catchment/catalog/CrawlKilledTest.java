package dev.catchment.catalog;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.ScopeBusy;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Leases;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
class CrawlKilledTest {
    private static final String CONTENT = "select id || content_hash || name from catalog.socrata_datasets order by id";

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @ValueSource(ints = {1, 9})
    void kill_9_loses_nothing_doubles_nothing_and_fetches_at_most_two_pages_twice(int pages) {
        rig.crawl(Assets.lines(195));
        List<String> uninterrupted = texts(CONTENT);
        TestDatabase.empty();
        rig.standIn().forget();
        crawlAndKillAfter(pages);
        rig.standIn().setLatency(Duration.ZERO);
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(texts("select status || ' ' || coalesce(resumes::text, '-') from ops.runs order by id"))
                .containsExactly("abandoned -", "succeeded 1");
        assertThat(texts(CONTENT)).isEqualTo(uninterrupted);
        assertThat(twice())
                .hasSizeLessThanOrEqualTo(2)
                .allSatisfy((query, times) -> assertThat(times).isEqualTo(2));
        assertThat(TestDatabase.get().rows("catalog/verify-catalog", Map.of())).isEmpty();
    }

    @Test
    void sigterm_ends_the_process_with_130_and_the_run_as_stopped() {
        rig.serve(Assets.lines(195)).standIn().setLatency(Duration.ofMillis(60));
        try (CrawlProcess process = CrawlProcess.start(rig.settings())) {
            Await.until(
                    "two pages are committed: " + process.standardError(),
                    () -> number("select count(*) from ops.requests") >= 2);
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(130);
            assertThat(process.standardOutput())
                    .contains("\"status\":\"stopped\"")
                    .hasLineCount(1);
        }
        assertThat(text("select status || (finished_at is not null) from ops.runs"))
                .isEqualTo("stoppedtrue");
        rig.standIn().setLatency(Duration.ZERO);
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(195);
        assertThat(twice()).isEmpty();
    }

    @Test
    void a_crawl_in_another_process_holds_the_region() {
        rig.set("ops.lease", "4s").serve(Assets.lines(195)).standIn().setLatency(Duration.ofMillis(60));
        try (CrawlProcess process = CrawlProcess.start(rig.settings())) {
            Await.until("a page is committed", () -> number("select count(*) from ops.requests") >= 1);
            rig.standIn()
                    .setLatency(Duration.ofMillis(300)); // it goes on for longer than its next heartbeat is waited for
            assertThatThrownBy(rig::crawl).isInstanceOf(ScopeBusy.class).hasMessageContaining("catalog/crawl/us");
            assertThat(number("select count(*) from ops.runs")).isEqualTo(1);
            rig.standIn().setLatency(Duration.ZERO);
            assertThat(process.exitCode()).isZero();
        }
        assertThat(number("select added from ops.runs")).isEqualTo(195);
    }

    private void crawlAndKillAfter(int pages) {
        rig.standIn().setLatency(Duration.ofMillis(30));
        try (CrawlProcess process = CrawlProcess.start(rig.settings())) {
            Await.until(pages + " pages are committed", () -> number("select count(*) from ops.requests") >= pages);
            process.kill();
            Leases.end(process);
        }
        assertThat(number("select count(*) from catalog.socrata_datasets")).isLessThan(195);
        assertThat(text("select status from ops.runs")).isEqualTo("running");
    }

    /** What was asked for more than once, and how often. */
    private Map<String, Long> twice() {
        Map<String, Long> asked =
                rig.requests().stream().collect(Collectors.groupingBy(Request::query, Collectors.counting()));
        return asked.keySet().stream()
                .filter(query -> asked.get(query) > 1)
                .collect(Collectors.toMap(Function.identity(), asked::get));
    }
}
