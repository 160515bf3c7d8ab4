package dev.catchment.harvest;

import static dev.catchment.support.HarvestRig.datasets;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.Leases;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that are killed, told to stop, or two at once: each page once, and no host is asked more often than it may be. */
@Tag("process")
class HarvestKilledTest {
    private static final String BY_OFFSET = """
            page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
            total: /count
            """;

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    private CrawlProcess harvest(String... options) {
        List<String> arguments = new ArrayList<>(List.of("harvest", "--json"));
        arguments.addAll(List.of(options));
        return CrawlProcess.command(rig.settings(), arguments);
    }

    @Test
    void kill_9_in_the_middle_resumes_at_the_last_page_and_again_after_it_nothing_is_done_twice() {
        KindStandIn standIn = rig.standIn(BY_OFFSET).serve(datasets(200));
        standIn.setLatency(Duration.ofMillis(100));
        try (CrawlProcess process = harvest("--source", HarvestRig.SOURCE)) {
            Await.until(
                    "four pages are committed: " + process.standardError(),
                    () -> number("select count(*) from ops.requests") >= 4);
            process.kill();
            Leases.end(process);
        }
        standIn.setLatency(Duration.ZERO);
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
        assertThat(texts("select status || ' ' || coalesce(resumes::text, '-') from ops.runs order by id"))
                .containsExactly("abandoned -", "succeeded 1");
        assertThat(rig.walk())
                .containsEntry("rows", 200L)
                .containsEntry("keys", 200L)
                .containsEntry("duplicates", 0L)
                .containsEntry("is_complete", true);
        assertThat(rig.held()).hasSize(200);
        assertThat(number("select count(*) from ops.requests where records > 0"))
                .isEqualTo(20);
        // At most two pages were under way when it was killed.
        assertThat(timesAsked(standIn).values().stream().filter(times -> times > 1))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(rig.harvest()).containsEntry("unchanged", 200L).containsEntry("added", 0L);
    }

    private static Map<String, Long> timesAsked(KindStandIn standIn) {
        return standIn.requests().stream().collect(Collectors.groupingBy(Request::query, Collectors.counting()));
    }

    @Test
    void sigterm_ends_the_walk_as_stopped_and_the_next_one_goes_on() {
        KindStandIn standIn = rig.standIn(BY_OFFSET).serve(datasets(200));
        standIn.setLatency(Duration.ofMillis(100));
        try (CrawlProcess process = harvest("--source", HarvestRig.SOURCE)) {
            Await.until(
                    "two pages are committed: " + process.standardError(),
                    () -> number("select count(*) from ops.requests") >= 2);
            process.terminate();
            assertThat(process.exitCode()).isEqualTo(130);
        }
        assertThat(text("select status from ops.runs")).isEqualTo("stopped");
        assertThat(text("select health || ' ' || coalesce(claimed_by, '-') from harvest.sources"))
                .isEqualTo("never -");
        standIn.setLatency(Duration.ZERO);
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
        assertThat(rig.held()).hasSize(200);
        assertThat(number("select count(*) from ops.requests where records > 0"))
                .isEqualTo(20);
    }

    @Test
    void two_processes_walk_200_sources_each_once_and_ask_no_host_more_often_than_it_may_be() {
        KindStandIn standIn = rig.standIn(BY_OFFSET + "polite: { requests-per-second: 20, concurrent: 1 }\n");
        standIn.serve(datasets(25));
        TestDatabase.rows("delete from harvest.sources returning id");
        for (int source = 0; source < 200; source++) {
            int host = 1 + source % 20;
            rig.source("source-" + source, "made-up", rig.url(host) + "/s" + source);
        }
        rig.set("harvest.workers", "4");
        try (CrawlProcess one = harvest("--due");
                CrawlProcess other = harvest("--due")) {
            assertThat(one.exitCode()).as(one.standardError()).isZero();
            assertThat(other.exitCode()).as(other.standardError()).isZero();
            assertThat(one.standardOutput().lines().count()
                            + other.standardOutput().lines().count())
                    .isEqualTo(200);
        }
        assertThat(texts("select distinct status from ops.runs")).containsExactly("succeeded");
        assertThat(number("select count(distinct scope) from ops.runs")).isEqualTo(200);
        assertThat(number("select count(*) from ops.runs")).isEqualTo(200);
        assertThat(number("select count(distinct node) from ops.runs")).isEqualTo(2);
        assertThat(number("select count(*) from harvest.datasets")).isEqualTo(5000);
        Map<String, List<Request>> byPath = standIn.requests().stream().collect(Collectors.groupingBy(Request::path));
        assertThat(byPath).hasSize(200);
        byPath.values()
                .forEach(asked -> assertThat(asked.stream().map(Request::query)).doesNotHaveDuplicates());
        Map<String, Instant> last = new HashMap<>();
        Map<String, List<Duration>> gaps = new HashMap<>();
        for (Request request : standIn.requests()) {
            String host = request.headers().get("Host");
            Instant before = last.put(host, request.at());
            if (before != null) {
                gaps.computeIfAbsent(host, key -> new ArrayList<>()).add(Duration.between(before, request.at()));
            }
        }
        // Twenty a second: a turn is 50 ms; one request may be late and the next in time, never more than they may be
        // on the whole.
        assertThat(gaps)
                .hasSize(20)
                .allSatisfy((host, between) -> assertThat(
                                between.stream().mapToLong(Duration::toMillis).sum())
                        .isGreaterThanOrEqualTo(between.size() * 50L - 100));
    }
}
