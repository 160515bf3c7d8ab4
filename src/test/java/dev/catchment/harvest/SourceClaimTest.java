package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who walks which source, and when it is whose turn at a host. */
class SourceClaimTest {
    private static final String ONE = "node:12/a-7";
    private static final String OTHER = "node:13/b-1";

    @BeforeEach
    void begin() {
        TestDatabase.empty();
        TestDatabase.execute("select ops.beat('{" + ONE + "," + OTHER + "}')");
    }

    private static void sources(int many, String host) {
        TestDatabase.execute("insert into harvest.sources (name, kind, url, host, due_at) select 's' || i, 'ckan',"
                + " 'https://s' || i || '.example.org', " + host
                + ", now() - interval '1 day' + i * interval '1 second'"
                + " from generate_series(1, " + many + ") i");
    }

    private static List<Map<String, Object>> claim(String worker, int concurrent, int most) {
        return claim(worker, null, null, true, "[]", concurrent, most);
    }

    private static List<Map<String, Object>> claim(
            String worker, String source, String kind, boolean due, String done, int concurrent, int most) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("worker", worker);
        asked.put("source", source);
        asked.put("kind", kind);
        asked.put("is_due", due);
        asked.put("done", done);
        asked.put("concurrent", concurrent);
        asked.put("most", most);
        return TestDatabase.get().rows("harvest/claim-source", asked);
    }

    private static List<Object> names(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("name")).toList();
    }

    /** The same on several connections at once. */
    private static <T> List<T> atOnce(int threads, Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    together.await();
                    return task.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> future : futures) {
                all.add(future.get());
            }
            return all;
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void what_is_due_longest_comes_first_and_what_is_not_due_or_paused_not_at_all() {
        sources(4, "'s' || i");
        TestDatabase.execute("update harvest.sources set due_at = now() + interval '1 hour' where name = 's1';"
                + "update harvest.sources set is_active = false where name = 's2'");
        assertThat(names(claim(ONE, 1, 10))).containsExactly("s3", "s4");
        assertThat(claim(ONE, 1, 1)).isEmpty();
        assertThat(names(claim(ONE, null, "ckan", false, "[]", 1, 1))).containsExactly("s1");
        assertThat(names(claim(ONE, "s2", null, true, "[]", 1, 1)))
                .as("by its name")
                .containsExactly("s2");
    }

    @Test
    void what_is_done_is_not_claimed_again() {
        sources(1, "'s' || i");
        long id = number("select id from harvest.sources");
        assertThat(claim(OTHER, null, null, true, "[" + id + "]", 1, 1)).isEmpty();
        assertThat(claim(OTHER, "s1", null, true, "[" + id + "]", 1, 1)).isEmpty();
        assertThat(claim(OTHER, 1, 1)).hasSize(1);
    }

    @Test
    void no_source_is_claimed_twice_and_no_host_has_more_walks_than_it_may() throws Exception {
        sources(400, "'host' || i % 50");
        List<List<Object>> claims = atOnce(8, () -> {
            List<Object> mine = new ArrayList<>();
            for (List<Map<String, Object>> next = claim(ONE, 2, 1); !next.isEmpty(); next = claim(ONE, 2, 1)) {
                mine.addAll(names(next));
            }
            return mine;
        });
        List<Object> all = claims.stream().flatMap(List::stream).toList();
        assertThat(all).doesNotHaveDuplicates().hasSize(100);
        assertThat(texts("select distinct count(*) from harvest.sources where claimed_by is not null group by host"))
                .containsExactly("2");
    }

    @Test
    void several_at_once_keep_to_the_room_of_their_hosts_too() {
        sources(10, "case when i < 8 then 'shared' else 's' || i end");
        assertThat(names(claim(ONE, 2, 4))).containsExactly("s1", "s2", "s8", "s9");
        assertThat(names(claim(OTHER, 3, 9))).containsExactly("s3", "s10");
    }

    @Test
    void a_host_that_nobody_walks_comes_before_a_second_walk_of_another() {
        sources(5, "case when i < 4 then 'busy' else 'idle' end");
        assertThat(names(claim(ONE, 2, 1))).containsExactly("s1");
        assertThat(names(claim(OTHER, 2, 1))).as("due later, of the idle host").containsExactly("s4");
        assertThat(names(claim(ONE, 2, 1))).as("both are walked").containsExactly("s2");
        assertThat(names(claim(ONE, 2, 1))).as("the first has no room any more").containsExactly("s5");
        assertThat(claim(ONE, 2, 1)).isEmpty();
    }

    @Test
    void the_claims_of_a_dead_worker_are_taken_over() {
        sources(1, "'s' || i");
        assertThat(claim(ONE, 1, 1)).hasSize(1);
        assertThat(claim(OTHER, 1, 1)).as("it is alive").isEmpty();
        assertThat(claim(OTHER, "s1", null, true, "[]", 1, 1)).as("it is alive").isEmpty();
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - lease where id = '" + ONE + "'");
        assertThat(claim(OTHER, 1, 1)).hasSize(1);
        assertThat(close("succeeded", null)).as("not its own any more").isNull();
        assertThat(text("select claimed_by from harvest.sources")).isEqualTo(OTHER);
    }

    @Test
    void a_source_whose_workers_keep_dying_lets_the_others_go_first() {
        sources(2, "'s' || i");
        String due = "select due_at > now() from harvest.sources where name = 's1'";
        assertThat(names(claim(ONE, 1, 1))).containsExactly("s1");
        die();
        assertThat(names(claim(ONE, 1, 1)))
                .as("one that was killed once is gone on with at once")
                .containsExactly("s1");
        assertThat(text(due)).isEqualTo("false");
        die();
        assertThat(names(claim(ONE, 1, 1))).containsExactly("s1");
        assertThat(text(due)).as("if that dies too it waits").isEqualTo("true");
        die();
        assertThat(names(claim(ONE, 1, 1))).containsExactly("s2");
        assertThat(text("select losses from harvest.sources where name = 's1'")).isEqualTo("2");
    }

    /** The claims of the worker that had died stay, and it is another that works on under the same name. */
    private static void die() {
        TestDatabase.execute("update harvest.sources set claimed_by = 'node:99/dead' where claimed_by is not null");
    }

    @Test
    void a_source_whose_run_is_alive_is_not_claimed_and_that_run_closes_it_though_somebody_let_go_of_it() {
        sources(1, "'s' || i");
        claim(ONE, 1, 1);
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - lease where id = '" + ONE + "';"
                + " insert into ops.runs (room, flow, scope, trigger, mode, node, status, claimed_by, begun_at, started_at, heartbeat_at)"
                + " values ('harvest', 'walk', 's1', 'timer', 'full', 'n:1', 'running', '" + ONE
                + "', now(), now(), now())");
        assertThat(claim(OTHER, 1, 1)).as("its process is silent").hasSize(1);
        TestDatabase.execute("select ops.beat('{" + ONE + "}'); update harvest.sources set claimed_by = null");
        assertThat(claim(OTHER, 1, 1)).as("it woke up, and goes on").isEmpty();
        assertThat(close("failed", "It lost its claim.")).isNull();
        assertThat(close("succeeded", null)).containsEntry("health", "ok");
    }

    @Test
    void who_claims_is_alive() {
        sources(1, "'s' || i");
        claim("node:14/c-1", 1, 1);
        assertThat(claim(OTHER, 1, 1)).isEmpty();
    }

    @Test
    void a_thousand_of_19140_that_are_due_are_claimed_at_once() {
        sources(19_140, "case when i < 2700 then 'hub.example.org' else 's' || i end");
        TestDatabase.execute("vacuum analyze harvest.sources");
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long begun = System.nanoTime();
            assertThat(claim(ONE, 1, 1000)).hasSize(1000);
            best = Math.min(best, System.nanoTime() - begun);
        }
        LoggerFactory.getLogger(SourceClaimTest.class).info("1,000 of 19,140 claimed in {} ms", best / 1_000_000);
        assertThat(number("select count(*) from harvest.sources where claimed_by is not null"))
                .isEqualTo(10_000);
        assertThat(
                        number(
                                "select count(*) from harvest.sources where claimed_by is not null and host = 'hub.example.org'"))
                .isEqualTo(1);
    }

    // ---- the end of a walk ----

    private static Map<String, Object> close(String status, String reason) {
        return close(status, reason, false);
    }

    private static Map<String, Object> close(String status, String reason, boolean flapping) {
        return close(status, reason, flapping, false);
    }

    private static Map<String, Object> close(String status, String reason, boolean flapping, boolean isLost) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("source", number("select min(id) from harvest.sources"));
        asked.put("worker", ONE);
        asked.put("status", status);
        asked.put("is_flapping", flapping);
        asked.put("reason", reason);
        asked.put("due_at", null);
        asked.put("dead_after", 3);
        asked.put("is_lost", isLost);
        return TestDatabase.get().rows("harvest/close-source", asked).stream()
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 4", "8, 64", "40, 1440"})
    void a_source_whose_walks_lose_the_database_again_and_again_is_due_ever_later_and_is_not_failing(
            int times, int minutes) {
        sources(1, "'s' || i");
        TestDatabase.execute("update harvest.sources set failures = 1, health = 'failing'");
        for (int time = 1; time <= times; time++) {
            TestDatabase.execute("update harvest.sources set due_at = '2026-01-01 00:00Z'");
            claim(ONE, 1, 1);
            assertThat(close("stopped", "The database was lost.", false, true))
                    .containsEntry("lost", time)
                    .containsEntry("health", "failing")
                    .containsEntry("failures", 1);
        }
        assertThat(number("select extract(epoch from due_at - '2026-01-01 00:00Z')::integer / 60 from harvest.sources"))
                .isEqualTo(minutes);
        TestDatabase.execute("update harvest.sources set due_at = '2026-01-01 00:00Z'");
        claim(ONE, 1, 1);
        assertThat(close("stopped", "It was told to end.")).containsEntry("lost", 0);
        assertThat(number("select losses from harvest.sources")).isEqualTo(times);
        claim(ONE, 1, 1);
        assertThat(close("failed", "It is gone.")).containsEntry("lost", 0);
        assertThat(number("select losses from harvest.sources")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "succeeded, ok, ok false",
        "partial, ok, partial true",
        "partial, partial, partial false",
        "failed, ok, failing true",
        "failed, failing, failing false",
        "failed, dead, failing true",
        "stopped, failing, failing false",
        "succeeded, failing, ok false"
    })
    void a_walk_says_how_its_source_is_doing_and_whether_that_is_news(String status, String before, String after) {
        sources(1, "'s' || i");
        TestDatabase.execute("update harvest.sources set health = '" + before + "'");
        claim(ONE, 1, 1);
        Map<String, Object> closed = close(status, "It said no.");
        assertThat(closed.get("health") + " " + closed.get("is_news")).isEqualTo(after);
        assertThat(texts("select 1 from harvest.sources where claimed_by is not null"))
                .isEmpty();
    }

    @Test
    void a_source_that_fails_for_long_is_dead_and_one_walk_brings_it_back() {
        sources(1, "'s' || i");
        List<String> told = new ArrayList<>();
        for (String status : List.of("failed", "failed", "stopped", "failed", "failed", "succeeded")) {
            claim(ONE, 1, 1);
            Map<String, Object> closed = close(status, status.equals("succeeded") ? null : "It answered 404.");
            told.add("%s %s %s".formatted(closed.get("health"), closed.get("failures"), closed.get("is_news")));
        }
        assertThat(told)
                .containsExactly(
                        "failing 1 true",
                        "failing 2 false",
                        "failing 2 false",
                        "dead 3 true",
                        "dead 4 false",
                        "ok 0 false");
        assertThat(texts("select health_reason from harvest.sources where health_reason is not null"))
                .isEmpty();
    }

    @Test
    void a_source_whose_records_go_and_come_back_is_flapping() {
        sources(1, "'s' || i");
        claim(ONE, 1, 1);
        assertThat(close("succeeded", "480 and 482 records by turns", true))
                .containsEntry("health", "flapping")
                .containsEntry("is_news", true);
    }

    // ---- the budget of a host ----

    private static long turn(String host, long gap) {
        return (Long) TestDatabase.get()
                .rows("ops/take-host-turn", Map.of("host", host, "gap_ms", gap))
                .get(0)
                .get("wait_ms");
    }

    @Test
    void one_budget_a_host_is_kept_over_all_who_ask() throws Exception {
        List<Long> waits = atOnce(4, () -> turn("hub.example.org", 60_000));
        assertThat(waits)
                .as("one may ask now, and the others in a minute")
                .filteredOn(wait -> wait == 0)
                .hasSize(1);
        // Who asked while the first one took its turn looks again at once, and knows then.
        assertThat(turn("hub.example.org", 60_000)).isBetween(50_000L, 60_000L);
        assertThat(turn("other.example.org", 60_000)).isZero();
    }

    @Test
    void sources_of_a_kind_that_is_one_host_share_it_from_its_next_walk_on() {
        sources(3, "'s' || i || '.example.org'");
        TestDatabase.execute("update harvest.sources set kind = 'other' where name = 's3'");
        for (String polite : List.of("{\"host\": \"hub.example.org\"}", "{}")) {
            TestDatabase.get()
                    .rows(
                            "harvest/upsert-kind",
                            Map.of(
                                    "name",
                                    "ckan",
                                    "hash",
                                    "0".repeat(64),
                                    "declaration",
                                    "{\"polite\": " + polite + "}",
                                    "mapping",
                                    "select raw ->> 'title' as title"));
            String shared = polite.equals("{}") ? "s%d.example.org" : "hub.example.org";
            assertThat(texts("select host from harvest.sources order by name"))
                    .containsExactly(shared.formatted(1), shared.formatted(2), "s3.example.org");
            assertThat(names(claim(ONE, 1, 10)))
                    .as("walks of one host at a time")
                    .hasSize(polite.equals("{}") ? 3 : 2);
            TestDatabase.execute("update harvest.sources set claimed_by = null");
        }
    }

    @Test
    void a_turn_that_was_not_used_is_no_credit() {
        assertThat(turn("a.example.org", 1000)).isZero();
        TestDatabase.execute("update ops.hosts set next_request_at = now() - interval '1 hour'");
        assertThat(turn("a.example.org", 60_000)).isZero();
        assertThat(turn("a.example.org", 60_000)).isBetween(50_000L, 60_000L);
    }

    @Test
    void a_host_that_asks_to_be_left_alone_is_left_alone_by_all() {
        turn("a.example.org", 10);
        for (long wait : new long[] {600_000, 5}) {
            TestDatabase.get().rows("ops/update-host-turn", Map.of("host", "a.example.org", "wait_ms", wait));
        }
        assertThat(turn("a.example.org", 10)).isBetween(590_000L, 600_000L);
    }

    @Test
    void a_program_one_step_older_takes_its_turns_from_the_same_budget() {
        // As its take-host-turn.sql has it.
        String ahead =
                "insert into harvest.hosts as h (host, next_request_at) values ('a.example.org', now() + interval '1 hour')"
                        + " on conflict (host) do update set next_request_at = greatest(h.next_request_at, now()) + interval '1 hour'"
                        + " returning next_request_at";
        TestDatabase.rows(ahead);
        TestDatabase.rows(ahead);
        assertThat(turn("a.example.org", 10)).isBetween(7_100_000L, 7_200_000L);
    }
}
