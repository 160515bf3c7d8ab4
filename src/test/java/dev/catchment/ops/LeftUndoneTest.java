package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.RunOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.Leases;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a process leaves when it dies: its runs are closed, and what was due another node does, without waiting for the next time. */
@Tag("process")
class LeftUndoneTest {
    private static final List<String> ROOMS = List.of("catalog", "export", "harvest", "names", "policy", "registry");
    /** Once a year, and not now: what is done is done because it was left. */
    private static final String NEVER = "0 0 0 1 1 ?";

    @RegisterExtension
    final CrawlRig crawl = new CrawlRig();

    @RegisterExtension
    final HarvestRig harvest = new HarvestRig();

    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static CrawlProcess node(String rooms, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ops.lease", "4s");
        all.put("web.port", "off");
        return CrawlProcess.service(rooms, all);
    }

    private static void open(String room, String worker) {
        TestDatabase.execute("insert into ops.runs (room, flow, scope, trigger, mode, node, claimed_by, begun_at,"
                + " started_at, heartbeat_at) values ('" + room + "', 'f', '" + worker + "', 'timer', 'full', 'h:1', '"
                + worker + "', now(), now(), now())");
    }

    private static List<Object> closeLost() {
        return TestDatabase.get().rows("ops/close-lost-runs", Map.of()).stream()
                .map(row -> row.get("room"))
                .toList();
    }

    @Test
    void runs_of_the_dead_are_closed_in_every_room_and_those_of_the_living_are_not() {
        TestDatabase.execute("select ops.beat('{h:1/there-1}')");
        ROOMS.forEach(room -> open(room, "h:1/gone-1"));
        ROOMS.forEach(room -> open(room, "h:1/there-1"));
        TestDatabase.execute("update ops.runs set cursor = 'abc' where room = 'catalog'");
        assertThat(closeLost()).containsExactlyElementsOf(ROOMS);
        assertThat(closeLost()).isEmpty();
        assertThat(
                        texts(
                                "select distinct scope || ' ' || status || ' ' || coalesce(error, '') from ops.runs order by 1"))
                .containsExactly(
                        "h:1/gone-1 abandoned The process that ran it stopped sending heartbeats; the next run resumes from its cursor.",
                        "h:1/gone-1 abandoned The process that ran it stopped sending heartbeats; what it left, the next run does.",
                        "h:1/there-1 running ");
    }

    @Test
    void a_run_that_is_just_being_written_is_looked_at_again() throws SQLException {
        open("names", "h:1/gone-1");
        open("policy", "h:1/gone-1");
        try (Connection writer = TestDatabase.get().dataSource().getConnection();
                Statement lock = writer.createStatement()) {
            writer.setAutoCommit(false);
            lock.execute("select from ops.runs where room = 'names' for no key update");
            assertThat(closeLost()).containsExactly("policy");
            writer.rollback();
        }
        assertThat(closeLost()).containsExactly("names");
    }

    @Test
    void the_watch_of_a_killed_process_is_closed_by_a_node_that_watches_nothing() {
        POLICY.set("policy.http.timeout", "5m").set("policy.watch.cron", "* * * * * ?");
        POLICY.pages().pause(Duration.ofMinutes(2));
        page();
        try (CrawlProcess other = node("catalog", quietly(POLICY.settings()))) {
            try (CrawlProcess killed = node("policy", POLICY.settings())) {
                Await.until(
                        "it watches: " + killed.standardError(),
                        () -> !POLICY.pages().seen().isEmpty());
                killed.kill();
            }
            Await.until(
                    "its run is closed",
                    () -> text("select status from ops.runs where room = 'policy'") + other.standardError(),
                    said -> said.startsWith("abandoned"));
            assertThat(other.standardError()).contains("A run was abandoned");
        }
        assertThat(number("select count(*) from ops.runs where room = 'policy'"))
                .isEqualTo(1);
    }

    private static void page() {
        POLICY.pages()
                .serve(
                        "/visa",
                        ServedPage.html("<p>The fee is 100 pounds, and you apply for it online, with care.</p>"));
        Watched.source("Visa", POLICY.pages().url("/visa"));
    }

    private static Map<String, String> quietly(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("catalog.crawl-on-start", "never");
        all.put("policy.watch.cron", NEVER);
        return all;
    }

    @Test
    void a_page_that_a_killed_process_was_checking_is_checked_by_another_before_the_next_time() {
        POLICY.set("policy.http.timeout", "5m").set("policy.watch.cron", "* * * * * ?");
        POLICY.pages().pause(Duration.ofMinutes(2));
        page();
        try (CrawlProcess killed = node("policy", POLICY.settings())) {
            Await.until(
                    "it watches: " + killed.standardError(),
                    () -> !POLICY.pages().seen().isEmpty());
            killed.kill();
            Leases.end(killed);
        }
        POLICY.pages().pause(Duration.ZERO);
        try (CrawlProcess other = node("policy", quietly(POLICY.settings()))) {
            Await.until(
                    "the page is checked: " + other.standardError(),
                    () -> !Watched.outcomes().isEmpty());
        }
        assertThat(Watched.outcomes()).containsExactly("baseline");
    }

    @Test
    void pages_that_are_due_are_left_only_if_they_were_due_when_the_last_watch_was_lost_or_handed_over() {
        Watched.source("Visa", "http://127.0.0.1:1/visa");
        assertThat(leftOf("policy")).as("nobody ever watched").isZero();
        open("policy", "h:1/gone-1");
        TestDatabase.execute("update ops.runs set flow = 'watch'");
        closeLost();
        assertThat(leftOf("policy")).isEqualTo(1);
        TestDatabase.execute("update policy.sources set next_check_at = clock_timestamp()");
        assertThat(leftOf("policy"))
                .as("due since then, which is for the next time")
                .isZero();
        TestDatabase.execute("update ops.runs set status = 'stopped', finished_at = clock_timestamp()");
        assertThat(leftOf("policy")).as("a person stopped it").isZero();
        TestDatabase.execute("insert into ops.handovers select id from ops.runs");
        assertThat(leftOf("policy")).isEqualTo(1);
        TestDatabase.execute("select ops.beat('{h:1/there-1}')");
        open("policy", "h:1/there-1");
        TestDatabase.execute("update ops.runs set flow = 'watch'");
        assertThat(leftOf("policy")).as("somebody watches").isZero();
    }

    private static long leftOf(String room) {
        return (Long) TestDatabase.get()
                .rows(room + "/count-left-sources", Map.of())
                .get(0)
                .get("due");
    }

    @Test
    void what_was_left_is_done_by_the_one_watch_of_a_process_also_when_its_next_time_comes_meanwhile() {
        POLICY.set("policy.http.timeout", "5m").set("policy.watch.cron", "0/5 * * * * ?");
        POLICY.pages().pause(Duration.ofSeconds(8));
        page();
        TestDatabase.execute("update policy.sources set claimed_by = 'h:2/gone-1'");
        try (CrawlProcess node = node("policy", POLICY.settings())) {
            Await.until(
                    "it watches: " + node.standardError(),
                    () -> !POLICY.pages().seen().isEmpty());
            POLICY.pages()
                    .serve("/work", ServedPage.html("<p>You may work for 20 hours a week, and no more of them.</p>"));
            Watched.source("Work", POLICY.pages().url("/work"));
            Await.until(
                    "both pages are checked: " + node.standardError(),
                    () -> Watched.outcomes().size() >= 2
                            && number("select count(*) from ops.runs where status = 'running'") == 0);
        }
        assertThat(
                        texts(
                                "select a.id || ' ' || b.id from ops.runs a join ops.runs b on b.id > a.id and b.started_at < a.finished_at"))
                .as("two of one process at the same time")
                .isEmpty();
    }

    @Test
    void a_walk_of_a_killed_node_is_resumed_by_another_before_the_next_time() {
        harvest.standIn(
                        "page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }\n"
                                + "total: /count\n")
                .serve(HarvestRig.datasets(200))
                .setLatency(Duration.ofMillis(100));
        harvest.set("harvest.cron", "* * * * * ?");
        try (CrawlProcess killed = node("harvest", harvest.settings())) {
            Await.until(
                    "four pages are committed: " + killed.standardError(),
                    () -> number("select count(*) from ops.requests") >= 4);
            killed.kill();
            Leases.end(killed);
        }
        assertThat(leftOf("harvest")).isEqualTo(1);
        harvest.set("harvest.cron", NEVER);
        try (CrawlProcess other = node("harvest", harvest.settings())) {
            Await.until(
                    "the walk is resumed",
                    () -> texts("select status || ' ' || coalesce(resumes::text, '-') from ops.runs order by id")
                            + other.standardError(),
                    said -> said.startsWith("[abandoned -, succeeded 1]"));
        }
        assertThat(harvest.held()).hasSize(200);
        assertThat(leftOf("harvest")).isZero();
    }

    @Test
    void a_crawl_whose_node_died_before_its_run_was_written_is_begun_by_another() throws SQLException {
        crawl.set("catalog.crawl-on-start", "never")
                .set("catalog.us.cron", "* * * * * ?")
                .set("catalog.eu.cron", NEVER)
                .serve(Assets.lines(50));
        try (Connection holder = TestDatabase.get().dataSource().getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            // A run is opened once its worker has sent a heartbeat.
            lock.execute("lock table ops.workers in share mode");
            try (CrawlProcess killed = node("catalog", crawl.settings())) {
                Await.until(
                        "a time is claimed: " + killed.standardError(),
                        () -> number("select count(*) from ops.timers where claimed_by is not null") == 1);
                killed.kill();
            }
            holder.rollback();
        }
        assertThat(number("select count(*) from ops.runs")).isZero();
        TestDatabase.execute("update ops.nodes set heartbeat_at = heartbeat_at - lease");
        crawl.set("catalog.us.cron", NEVER);
        try (CrawlProcess other = node("catalog", crawl.settings())) {
            Await.until(
                    "it crawls",
                    () -> texts("select scope || ' ' || trigger || ' ' || status from ops.runs")
                            + other.standardError(),
                    said -> said.startsWith("[us timer succeeded]"));
            assertThat(other.standardError()).contains("What another node left is done here");
        }
        assertThat(number("select count(*) from ops.timers where claimed_by is not null"))
                .isZero();
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(50);
    }

    @Test
    void a_time_is_answered_with_the_first_row_of_its_run() {
        time("catalog/crawl/us", "h:1/there", "direct:catalog-crawl-schedule-timed");
        time("catalog/crawl/eu", "h:1/there", "direct:catalog-crawl-schedule-timed");
        TestDatabase.execute("select ops.beat('{h:1/there-1}')");
        openRun("us", "partial");
        assertThat(claimed()).as("a part makes up for no walk").containsExactly("catalog/crawl/eu", "catalog/crawl/us");
        TestDatabase.execute("update ops.runs set status = 'stopped', finished_at = now()");
        openRun("us", "full");
        assertThat(claimed()).containsExactly("catalog/crawl/eu");
    }

    private static void openRun(String scope, String mode) {
        TestDatabase.get()
                .rows(
                        "ops/open-run",
                        new RunOrder("catalog", "crawl", scope, "timer", mode, false, null)
                                .parameters("h:1", "h:1/there-1", null));
    }

    private static List<String> claimed() {
        return texts("select name from ops.timers where claimed_by is not null order by name");
    }

    @Test
    void what_a_node_died_with_that_is_done_once_a_time_another_node_does() {
        TestDatabase.execute(
                "insert into ops.nodes (id, name, rooms, version, step, started_at, heartbeat_at, lease) values"
                        + " ('h:1/there', 'h:1', '{}', '1', 1, now(), now(), '1 hour'), ('h:2/gone', 'h:2', '{}', '1', 1, now(), now() - interval '2 hours', '1 hour')");
        time("ops/cleanup", "h:2/gone", "direct:ops-cleanup");
        time("names/cleanup", "h:2/gone", "direct:names-cleanup");
        time("ops/newer", "h:2/gone", "direct:ops-newer");
        time("ops/other", "h:1/there", "direct:ops-cleanup");
        try (CrawlProcess node = node("catalog", quietly(POLICY.settings()))) {
            Await.until(
                    "it is done: " + node.standardError(),
                    () -> number("select count(*) from ops.timers where name = 'ops/cleanup' and claimed_by is null")
                            == 1);
            assertThat(node.standardError()).contains("What another node left is done here", "node=h:2");
        }
        assertThat(texts("select name || ' ' || coalesce(claimed_by, '-') from ops.timers order by name"))
                .as("not what others are at, nor of rooms that are not its own, nor what only another version can do")
                .containsExactly(
                        "names/cleanup h:2/gone", "ops/cleanup -", "ops/newer h:2/gone", "ops/other h:1/there");
    }

    private static void time(String name, String process, String work) {
        TestDatabase.execute("insert into ops.timers (name, fired_for, node, claimed_by, work) values ('" + name
                + "', now(), '" + process.replaceFirst("/.*", "") + "', '" + process + "', '" + work + "')");
    }

    @Test
    void a_time_that_is_done_is_not_done_again_and_who_lost_it_does_not_close_it() {
        Map<String, Object> lost = claim("ops/a-time", "h:1/a");
        assertThat(claimLost("h:1/b")).as("of a process that has no row").hasSize(1);
        assertThat(TestDatabase.get().rows("ops/close-timer", lost)).isEmpty();
        TestDatabase.execute(
                "insert into ops.nodes (id, name, rooms, version, step, started_at, heartbeat_at, lease) values"
                        + " ('h:1/b', 'h:1', '{}', '1', 1, now(), now(), '45 s')");
        assertThat(claimLost("h:1/c")).isEmpty();
        TestDatabase.execute("update ops.nodes set draining_since = now(), drained_at = now(), reason = 'r'");
        List<Map<String, Object>> taken = claimLost("h:1/c");
        assertThat(taken)
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("work", "direct:ops-cleanup")
                        .containsEntry("was", "h:1"));
        assertThat(TestDatabase.get().rows("ops/close-timer", taken.get(0))).hasSize(1);
        assertThat(claimLost("h:1/d")).isEmpty();
    }

    private static Map<String, Object> claim(String name, String process) {
        return TestDatabase.get()
                .rows(
                        "ops/claim-timer",
                        Map.of(
                                "name", name,
                                "fired_for", "2026-01-01T00:00:00Z",
                                "node", "h:1",
                                "process", process,
                                "work", "direct:ops-cleanup"))
                .get(0);
    }

    private static List<Map<String, Object>> claimLost(String process) {
        return TestDatabase.get()
                .rows(
                        "ops/claim-lost-timers",
                        Map.of(
                                "node",
                                "h:1",
                                "process",
                                process,
                                "rooms",
                                "[\"catalog\"]",
                                "works",
                                "[\"direct:ops-cleanup\"]"));
    }
}
