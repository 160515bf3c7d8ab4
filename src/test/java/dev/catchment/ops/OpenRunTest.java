package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.RunOrder;
import dev.catchment.postgres.connection.Statement;
import dev.catchment.support.Await;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One run a scope, held by a worker that is alive. */
class OpenRunTest {
    private static final String FIRST = "one:1/a-1";
    private static final String SECOND = "two:2/b-1";

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        beat(FIRST);
        beat(SECOND);
    }

    private static void beat(String worker) {
        TestDatabase.execute("select ops.beat('{" + worker + "}')");
    }

    private static void fallSilent(String worker) {
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - lease where id = '" + worker + "'");
    }

    private static Map<String, Object> open(String worker, Object waitingSince) {
        Map<String, Object> order = RunOrder.whole("catalog", "crawl", "us", "test", false)
                .resuming()
                .parameters("node", worker, waitingSince);
        return TestDatabase.get().rows("ops/open-run", order).get(0);
    }

    private static Map<String, Object> batch(int sequence) {
        Map<String, Object> values = new HashMap<>(Map.of("run", 1L, "scope", "us", "skipped", 0));
        values.put("records", "[]".getBytes(StandardCharsets.UTF_8));
        values.put("raws", new byte[0]);
        values.put("rejects", "[]");
        values.put(
                "request",
                ("{\"sequence\":%d,\"requested_at\":\"2025-01-01T00:00:00Z\",\"url\":\"u\",\"status\":200,\"attempts\":1,"
                                + "\"milliseconds\":1,\"bytes\":1,\"first_key\":\"a\",\"last_key\":\"a\",\"cursor_key\":\"a\",\"records\":1}")
                        .formatted(sequence));
        return values;
    }

    @Test
    void a_scope_is_busy_while_its_worker_is_alive_and_waited_for_until_that_one_sends_a_heartbeat() {
        assertThat(open(FIRST, null)).containsEntry("id", 1L).containsEntry("is_silent", false);
        Map<String, Object> busy = open(SECOND, null);
        assertThat(busy)
                .containsEntry("id", null)
                .containsEntry("worker", FIRST)
                .containsEntry("is_silent", true);
        assertThat(open(SECOND, busy.get("waiting_since"))).containsEntry("is_silent", true);
        beat(FIRST);
        assertThat(open(SECOND, busy.get("waiting_since")))
                .containsEntry("id", null)
                .containsEntry("is_silent", false);
        assertThat(open("one:1/a-2", null)).as("the same process").containsEntry("is_silent", false);
        assertThat(texts("select status from ops.runs")).containsExactly("running");
    }

    @Test
    void the_run_of_a_worker_that_fell_silent_is_abandoned_and_gone_on_with() {
        open(FIRST, null);
        TestDatabase.get().rows("catalog/upsert-page", batch(1));
        fallSilent(FIRST);
        assertThat(open(SECOND, null))
                .containsEntry("resumes", 1L)
                .containsEntry("cursor", "a")
                .containsEntry("is_silent", false);
        beat(FIRST);
        assertThat(TestDatabase.get().rows("catalog/upsert-page", batch(2)))
                .as("it is alive again, and has lost its run")
                .isEmpty();
        assertThat(texts("select status from ops.runs order by id")).containsExactly("abandoned", "running");
    }

    @Test
    void a_batch_that_is_being_written_is_waited_for_and_nothing_is_written_after_it() throws Exception {
        open(FIRST, null);
        fallSilent(FIRST);
        CompletableFuture<Map<String, Object>> second;
        try (Connection writer = TestDatabase.get().dataSource().getConnection()) {
            writer.setAutoCommit(false);
            // As a statement holds its run before it has written anything.
            writer.createStatement().execute("select from ops.runs where id = 1 and status = 'running' for key share");
            second = CompletableFuture.supplyAsync(() -> open(SECOND, null), task -> new Thread(task).start());
            Await.until(
                    "the scope is waited for", () -> number("select count(*) from pg_locks where not granted") == 1);
            assertThat(Statement.load("catalog/upsert-page").rows(writer, batch(1)))
                    .as("writers of one run do not wait for each other, nor for who waits for them")
                    .hasSize(1);
            writer.commit();
        }
        assertThat(second.join().get("id")).isNotNull();
        assertThat(number("select count(*) from ops.requests where run_id = 1")).isEqualTo(1);
        assertThat(TestDatabase.get().rows("catalog/upsert-page", batch(2))).isEmpty();
    }

    @Test
    void a_page_that_is_being_written_is_in_the_run_that_is_closed_and_none_comes_after_it() throws Exception {
        open(FIRST, null);
        Map<String, Object> end =
                new HashMap<>(Map.of("run", 1L, "status", "stopped", "complete", false, "handed_over", false));
        end.put("error", null);
        end.put("note", null);
        end.put("now", null);
        CompletableFuture<Map<String, Object>> closed;
        try (Connection writer = TestDatabase.get().dataSource().getConnection()) {
            writer.setAutoCommit(false);
            // As a statement holds its run before it has written anything.
            writer.createStatement().execute("select from ops.runs where id = 1 and status = 'running' for key share");
            closed = CompletableFuture.supplyAsync(
                    () -> TestDatabase.get().rows("ops/close-run", end).get(0), task -> new Thread(task).start());
            Await.until("the page is waited for", () -> number("select count(*) from pg_locks where not granted") == 1);
            Statement.load("catalog/upsert-page").rows(writer, batch(1));
            writer.commit();
        }
        assertThat(closed.join()).containsEntry("status", "stopped").containsEntry("cursor", "a");
        assertThat(TestDatabase.get().rows("catalog/upsert-page", batch(2))).isEmpty();
        assertThat(TestDatabase.get().rows("ops/close-run", end))
                .as("closed once")
                .singleElement()
                .isEqualTo(closed.join());
    }

    @Test
    void of_many_who_ask_at_once_for_the_scope_of_a_dead_worker_one_has_it() {
        open(FIRST, null);
        fallSilent(FIRST);
        List<CompletableFuture<Map<String, Object>>> asked = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    beat("many:" + i + "/c-1");
                    return open("many:" + i + "/c-1", null);
                }))
                .toList();
        assertThat(asked.stream().filter(run -> run.join().get("id") != null)).hasSize(1);
        assertThat(texts("select status from ops.runs order by 1")).containsExactly("abandoned", "running");
    }
}
