package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heartbeats, and who is alive by them. */
class WorkersTest {
    private static final long LEASE = 30_000;
    private final Workers workers = new Workers(LEASE);

    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    private static List<Map<String, Object>> beat(Workers workers) throws Exception {
        return TestDatabase.get().rows("ops/beat-workers", workers.beat());
    }

    private static boolean isAlive(String worker) {
        return texts("select ops.is_alive(?)", worker).equals(List.of("true"));
    }

    private static void letPass(String time) {
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - interval '" + time + "'");
    }

    @Test
    void a_worker_is_alive_from_its_first_heartbeat_until_its_lease_ends() throws Exception {
        String worker = workers.begin();
        assertThat(isAlive(worker)).isFalse();
        beat(workers);
        assertThat(isAlive(worker)).isTrue();
        letPass("29 seconds");
        assertThat(isAlive(worker)).isTrue();
        letPass("1 second");
        assertThat(isAlive(worker)).isFalse();
        assertThat(isAlive(null)).isFalse();
    }

    @Test
    void who_did_not_get_through_calls_nobody_dead_for_a_lease() {
        Workers here = new Workers(200);
        assertThat(here.isSteady()).as("before the first heartbeat").isFalse();
        here.beaten();
        assertThat(here.isSteady()).as("others may not have got through yet").isFalse();
        Await.until("a lease has passed", () -> {
            here.beaten();
            return here.isSteady();
        });
        Await.until("a heartbeat is missing", () -> !here.isSteady());
        here.beaten();
        assertThat(here.isSteady()).as("after the gap").isFalse();
    }

    @Test
    void a_worker_that_ends_is_dead_with_the_next_heartbeat_of_its_process_and_the_others_live_on() throws Exception {
        String first = workers.begin();
        String second = workers.begin();
        beat(workers);
        workers.end(first);
        assertThat(beat(workers)).as("it is not missed").isEmpty();
        assertThat(isAlive(first)).isFalse();
        assertThat(isAlive(second)).isTrue();
    }

    @Test
    void a_worker_of_another_process_that_fell_silent_is_forgotten_and_named_once() throws Exception {
        Workers others = new Workers(5_000);
        String worker = others.begin();
        beat(others);
        assertThat(beat(workers)).isEmpty();
        letPass("10 seconds");
        assertThat(beat(workers))
                .extracting(row -> row.get("worker") + " " + row.get("seconds"))
                .containsExactly(worker + " 10");
        assertThat(beat(workers)).isEmpty();
    }

    @Test
    void a_process_that_slept_for_too_long_is_alive_again_with_its_next_heartbeat() throws Exception {
        String worker = workers.begin();
        beat(workers);
        letPass("1 hour");
        assertThat(beat(workers)).as("it does not miss itself").isEmpty();
        assertThat(isAlive(worker)).isTrue();
    }

    /** One of them does not know yet that a worker has ended which the other one names. */
    @Test
    void heartbeats_of_one_process_that_meet_do_not_wait_for_each_other() {
        String[] beats = new String[] {"[\"p-1\",\"p-2\"] []", "[\"p-2\"] [\"p-1\"]", "[\"p-1\"] [\"p-2\"]"};
        List<CompletableFuture<Void>> sent = IntStream.range(0, 300)
                .mapToObj(i -> beats[i % beats.length].split(" "))
                .map(beat -> CompletableFuture.runAsync(() -> TestDatabase.get()
                        .rows("ops/beat-workers", Map.of("workers", beat[0], "ended", beat[1], "lease", 1000))))
                .toList();
        assertThat(sent).allSatisfy(beat -> assertThat(beat).succeedsWithin(Duration.ofMinutes(1)));
    }

    @Test
    void two_processes_with_one_name_have_workers_of_their_own() {
        assertThat(workers.begin())
                .isNotEqualTo(new Workers(LEASE).begin())
                .startsWith(Node.name() + "/")
                .hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void the_pause_after_a_failed_attempt_doubles_up_to_the_longest() {
        assertThat(texts("select extract(epoch from ops.backoff(attempt, '10 s', '1 min'))::integer"
                        + " from generate_series(0, 5) attempt order by attempt"))
                .containsExactly("10", "10", "20", "40", "60", "60");
        assertThat(texts("select ops.backoff(99, '1 s') = ops.backoff(31, '1 s')"))
                .containsExactly("true");
    }
}
