package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.cli.Cli.Said;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quartz.Scheduler;

/** Two nodes over one database, each a process of its own: who they are, and what becomes of the work of one that drains. */
@Tag("process")
class NodesTest {
    private static final int ASSETS = 600;

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    private CrawlProcess node() {
        return CrawlProcess.service("catalog", rig.settings());
    }

    private static String state(CrawlProcess node) {
        return TestDatabase.get().rows("ops/list-nodes", Map.of()).stream()
                .filter(row -> row.get("node").equals(name(node)))
                .map(row -> (String) row.get("state"))
                .findFirst()
                .orElse("gone");
    }

    private static void awaitState(CrawlProcess node, String wanted) {
        Await.until(
                "the node is " + wanted,
                () -> state(node) + " " + node.standardError(),
                said -> said.startsWith(wanted));
    }

    private static String name(CrawlProcess node) {
        return Node.name().replaceFirst("\\d+$", "") + node.pid();
    }

    @Test
    void a_node_that_is_drained_hands_its_crawl_to_another_which_drains_itself_when_the_schema_gets_newer()
            throws Exception {
        rig.set("ops.lease", "20s")
                .set("catalog.eu.url", "http://127.0.0.1:1/")
                .set("web.port", "off")
                .set("http.timeout", "30s");
        rig.serve(Assets.lines(ASSETS)).standIn().setLatency(Duration.ofSeconds(1));
        Cli cli = Cli.on(TestDatabase.get().url().connectionUrl());
        try (CrawlProcess first = node()) {
            Await.until("it crawls: " + first.standardError(), () -> number("select count(*) from ops.requests") >= 3);
            try (CrawlProcess second = node()) {
                awaitState(second, "working");
                assertThat(cli.run("nodes", "--json").endsWith(ExitCode.DONE).lines())
                        .hasSize(2)
                        .anySatisfy(line -> assertThat(line)
                                .contains(
                                        "\"node\":\"" + name(first) + "\"", "\"state\":\"working\"", "catalog/crawl/us")
                                .contains("\"rooms\":[\"catalog\"]", "\"version\":\"in development\""));

                Said drained = cli.run("drain", name(first)).endsWith(ExitCode.DONE);
                assertThat(drained.out()).contains(name(first) + " has ended.");
                assertThat(first.exitCode()).as(first.standardError()).isEqualTo(ExitCode.DONE);
                rig.standIn().setLatency(Duration.ZERO);
                Await.until(
                        "the second one resumes",
                        () -> texts(
                                        "select status || ' ' || coalesce(resumes::text, '') from ops.runs where scope = 'us' order by id")
                                + second.standardError(),
                        said -> said.contains("[stopped , succeeded"));
                assertThat(number("select count(*) from catalog.socrata_datasets"))
                        .isEqualTo(ASSETS);
                assertThat(number("select extract(epoch from b.started_at - a.finished_at)::bigint from ops.runs a"
                                + " join ops.runs b on b.resumes = a.id and b.scope = 'us'"))
                        .as("at once, not after the lease")
                        .isLessThan(15);
                assertThat(
                                texts(
                                        "select first_key from ops.requests where first_key is not null group by 1 having count(*) > 1"))
                        .isEmpty();
                refuses(cli, first, "There is no node");

                TestDatabase.execute(
                        "insert into public.flyway_schema_history (installed_rank, version, description, type,"
                                + " script, checksum, installed_by, execution_time, success) values (9999, '999', 'later', 'SQL',"
                                + " 'V999__later.sql', 1, current_user, 1, true)");
                try {
                    Await.until(
                            "it drains",
                            () -> text("select reason || coalesce(drained_at::text, '-') from ops.nodes"),
                            said -> said.contains("The schema is newer than this program: step 999")
                                    && !said.endsWith("-"));
                } finally {
                    TestDatabase.execute("delete from public.flyway_schema_history where installed_rank = 9999");
                }
                assertThat(second.standardError()).contains("This node drains").contains("This node is drained");
                assertThat(second.hasEnded()).isFalse();
                refuses(cli, second, "drains already");
                second.kill();
                TestDatabase.execute("update ops.nodes set heartbeat_at = heartbeat_at - lease");
                assertThat(cli.run("nodes").endsWith(ExitCode.DONE).out()).contains("lost");
                refuses(cli, second, "is lost");
            }
        }
    }

    private static void refuses(Cli cli, CrawlProcess node, String why) {
        assertThat(cli.run("drain", name(node)).endsWith(ExitCode.USAGE).err()).contains(why);
    }

    @Test
    void one_budget_a_host_is_kept_by_two_processes_one_of_which_freezes_and_a_retry_after_by_both() {
        rig.set("http.requests-per-second", "5").set("http.max-retries", "5").serve(Assets.lines(120));
        try (CrawlProcess us = CrawlProcess.start(rig.settings())) {
            Await.until(
                    "it crawls: " + us.standardError(), () -> !rig.requests().isEmpty());
            CompletableFuture<Map<String, Object>> eu =
                    rig.crawlLater(WalkOrder.whole("catalog", "crawl", "eu", "test"));
            Await.until("both crawl", () -> number("select count(distinct run_id) from ops.requests") == 2);
            us.pause();
            int before = rig.requests().size();
            Await.until("time passes for the other", () -> rig.requests().size() > before + 3);
            us.resume();
            rig.standIn().setRetryAfter(Clock.systemUTC(), Duration.ofSeconds(3));
            rig.standIn().next(Fault.THROTTLED_FOR_SECONDS);
            assertThat(eu.join()).containsEntry("status", "succeeded");
            assertThat(us.exitCode()).as(us.standardError()).isEqualTo(ExitCode.DONE);
        }
        List<Instant> times = rig.requests().stream().map(Request::at).toList();
        Duration took = Duration.between(times.get(0), times.get(times.size() - 1));
        assertThat(took.minusSeconds(3).toMillis())
                .as("%d requests at 5 a second, of which each may be late, and a pause of 3 s", times.size())
                .isGreaterThanOrEqualTo((times.size() - 2) * 180L);
        assertThat(IntStream.range(1, times.size())
                        .mapToLong(i ->
                                Duration.between(times.get(i - 1), times.get(i)).toMillis())
                        .max()
                        .orElse(0))
                .as("who got no Retry-After keeps it too")
                .isGreaterThan(2_000);
    }

    @Test
    void a_timer_fires_in_vain_for_a_time_that_another_node_has_claimed() throws Exception {
        rig.set("catalog.us.cron", "* * * * * ?")
                .set("catalog.crawl-on-start", "never")
                .serve(Assets.lines(5));
        TestDatabase.execute(
                "insert into ops.timers values ('catalog/crawl/us', now() + interval '4 minutes', 'another')");
        Scheduler scheduler = rig.withSchedules()
                .service()
                .camel()
                .getComponent("quartz", QuartzComponent.class)
                .getScheduler();
        Await.until("it fires", () -> scheduler.getMetaData().getNumberOfJobsExecuted() >= 3);
        assertThat(number("select count(*) from ops.runs")).isZero();
        TestDatabase.execute("update ops.timers set fired_for = now() - interval '1 hour'");
        Await.until("it crawls", () -> number("select count(*) from ops.runs where trigger = 'timer'") > 0);
    }

    @Test
    void a_time_is_claimed_once_and_one_that_is_past_is_not_done_again() {
        Map<String, Object> now =
                new FireTime(new Workers(45_000)).of("catalog/crawl/us", "0 0 * * * ?", "UTC", "direct:a-walk");
        assertThat(claim(now)).hasSize(1);
        assertThat(claim(now)).as("another node, or the same after a pause").isEmpty();
        assertThat(claim(with(now, "-1 hour"))).as("one that was frozen").isEmpty();
        assertThat(claim(with(now, "1 hour"))).hasSize(1);
    }

    @Test
    void a_clock_that_was_ahead_silences_no_timer_and_closes_no_host() {
        Map<String, Object> now =
                new FireTime(new Workers(45_000)).of("catalog/crawl/us", "0 0 * * * ?", "UTC", "direct:a-walk");
        Map<String, Object> ahead = with(now, "10 years");
        assertThat(claim(ahead)).hasSize(1);
        assertThat(claim(ahead)).as("not twice by the same clock either").isEmpty();
        assertThat(claim(now)).hasSize(1);
        assertThat(claim(now)).isEmpty();
        TestDatabase.execute("insert into ops.hosts values ('a.example', now() + interval '1 year')");
        Map<String, Object> turn = turn("a.example", 500L, null);
        assertThat(TestDatabase.get().rows("ops/take-host-turn", turn).get(0)).containsEntry("is_yours", true);
        assertThat(TestDatabase.get().rows("ops/take-host-turn", turn).get(0)).containsEntry("is_yours", false);
    }

    @Test
    void a_turn_that_was_taken_late_makes_the_next_one_no_later_but_for_more_than_a_tenth() {
        Map<String, Object> turn = turn("b.example", 100_000L, null);
        TestDatabase.execute("insert into ops.hosts values ('b.example', now() - interval '4 seconds')");
        assertThat(TestDatabase.get().rows("ops/take-host-turn", turn).get(0)).containsEntry("is_yours", true);
        assertThat(secondsTo("b.example")).as("100 less 4").isBetween(90.5, 96.0);
        TestDatabase.execute("update ops.hosts set next_request_at = now() - interval '1 hour'");
        assertThat(TestDatabase.get().rows("ops/take-host-turn", turn).get(0)).containsEntry("is_yours", true);
        assertThat(secondsTo("b.example")).as("100 less a tenth").isBetween(84.5, 90.0);
    }

    @Test
    void a_run_that_was_taken_for_dead_gets_no_turn_and_uses_none_up() {
        run("lives", "running", "timer", null);
        run("lost", "abandoned", "timer", null);
        long lost = number("select id from ops.runs where scope = 'lost'");
        long lives = number("select id from ops.runs where scope = 'lives'");
        assertThat(TestDatabase.get()
                        .rows("ops/take-host-turn", turn("c.example", 60_000L, lost))
                        .get(0))
                .containsEntry("is_yours", false)
                .containsEntry("is_lost", true);
        assertThat(TestDatabase.get()
                        .rows("ops/take-host-turn", turn("c.example", 60_000L, lives))
                        .get(0))
                .containsEntry("is_yours", true)
                .containsEntry("is_lost", false);
    }

    private static Map<String, Object> turn(String host, long gap, Long run) {
        Map<String, Object> turn = new HashMap<>();
        turn.put("host", host);
        turn.put("gap_ms", gap);
        turn.put("run", run);
        return turn;
    }

    private static double secondsTo(String host) {
        return Double.parseDouble(text(
                "select extract(epoch from next_request_at - clock_timestamp())::text from ops.hosts where host = ?",
                host));
    }

    private static List<Map<String, Object>> claim(Map<String, Object> time) {
        return TestDatabase.get().rows("ops/claim-timer", time);
    }

    private static Map<String, Object> with(Map<String, Object> time, String later) {
        Map<String, Object> changed = new HashMap<>(time);
        changed.put("fired_for", text("select (?::timestamptz + '" + later + "')::text", time.get("fired_for")));
        return changed;
    }

    @Test
    void what_another_process_left_is_gone_on_with_unless_a_person_stopped_it_or_asked_for_it() {
        run("handed-over", "stopped", "timer", null);
        TestDatabase.execute("insert into ops.handovers select id from ops.runs");
        run("stopped-by-a-person", "stopped", "timer", null);
        run("failed", "failed", "timer", null);
        run("of-the-dead", "running", "start", "h:1/gone-1");
        run("of-the-dead-at-a-terminal", "running", "cli", "h:1/gone-2");
        TestDatabase.execute("select ops.beat('{h:1/there-1}')");
        run("of-the-living", "running", "timer", "h:1/there-1");
        assertThat(TestDatabase.get().rows("ops/list-orphaned-runs", Map.of("room", "catalog", "flow", "crawl")))
                .extracting(row -> row.get("scope"))
                .containsExactly("handed-over", "of-the-dead");
    }

    private static void run(String scope, String status, String trigger, String worker) {
        TestDatabase.rows(
                "insert into ops.runs (room, flow, scope, trigger, mode, node, status, claimed_by, begun_at, started_at,"
                        + " heartbeat_at, error, finished_at) values ('catalog', 'crawl', ?, ?, 'full', 'h:1', ?, ?, now(), now(),"
                        + " now(), 'e', case when ? <> 'running' then now() end) returning id",
                scope,
                trigger,
                status,
                worker,
                status);
    }

    @Test
    void of_one_name_only_the_node_that_is_alive_is_asked_and_two_are_told_apart() {
        TestDatabase.execute(
                "insert into ops.nodes (id, name, rooms, version, step, started_at, heartbeat_at, lease) values"
                        + " ('h:1/a', 'h:1', '{}', '1', 1, now(), now() - interval '1 hour', '45 s'),"
                        + " ('h:1/b', 'h:1', '{}', '1', 1, now(), now(), '45 s'), ('h:1/c', 'h:1', '{}', '1', 1, now(), now(), '45 s')");
        assertThat(ask("h:1")).containsExactly("h:1/b false", "h:1/c false", "h:1/a false");
        assertThat(ask("h:1/c")).containsExactly("h:1/c true");
        assertThat(ask("h:1/c")).as("it drains already").containsExactly("h:1/c false");
        assertThat(ask("h:2")).isEmpty();
    }

    private static List<String> ask(String node) {
        return TestDatabase.get().rows("ops/update-draining-node", Map.of("node", node, "stays", false)).stream()
                .map(row -> row.get("node") + " " + row.get("is_asked"))
                .toList();
    }
}
