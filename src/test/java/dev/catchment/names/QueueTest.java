package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queue: who has a job, who loses it, and when it is tried again. */
class QueueTest {
    @RegisterExtension
    static final NamesRig names = new NamesRig();

    private Object takenIn() {
        return names.takeIn(names.file("yob1880.txt", "Mary,F,7065")).get(0).get("job_id");
    }

    private static Map<String, Object> claim(String worker) {
        List<Map<String, Object>> rows = TestDatabase.get().rows("names/open-next-job", Map.of("worker", worker));
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static List<Map<String, Object>> fail(Map<String, Object> job, boolean permanent) {
        return TestDatabase.get()
                .rows(
                        "names/close-failed-job",
                        Map.of(
                                "job",
                                job.get("job_id").toString(),
                                "worker",
                                job.get("worker"),
                                "attempt",
                                job.get("attempt"),
                                "error",
                                "It broke.",
                                "permanent",
                                permanent,
                                "pause",
                                10_000));
    }

    @Test
    void a_job_is_handed_to_one_worker_only() {
        takenIn();
        assertThat(claim("a/1")).containsEntry("attempt", 1);
        assertThat(claim("b/1")).isNull();
    }

    @Test
    void a_failed_attempt_is_tried_again_after_a_pause_that_doubles_and_the_third_is_the_last() {
        Object id = takenIn();
        for (int attempt = 1; attempt <= 3; attempt++) {
            Map<String, Object> job = claim("a/1");
            assertThat(job).containsEntry("attempt", attempt);
            fail(job, false);
            if (attempt < 3) {
                assertThat(claim("a/1")).as("not before its time").isNull();
                assertThat(TestDatabase.rows("""
                                select extract(epoch from next_retry_at - now()) between ? and ? as is_due
                                from names.jobs""", 10 * Math.pow(2, attempt - 1) - 5, 10 * Math.pow(2, attempt - 1) + 1))
                        .containsExactly(Map.of("is_due", true));
                TestDatabase.execute("update names.jobs set next_retry_at = now()");
            }
        }
        assertThat(NamesRig.job(id))
                .containsEntry("status", "failed")
                .containsEntry("error", "It broke.")
                .containsEntry("dataset_status", "failed");
        assertThat(claim("a/1")).isNull();
    }

    @Test
    void what_would_fail_again_is_not_tried_again() {
        Object id = takenIn();
        fail(claim("a/1"), true);
        assertThat(NamesRig.job(id)).containsEntry("status", "failed").containsEntry("attempts", 1);
    }

    @Test
    void a_dead_job_is_retried_by_an_operator_and_completes() {
        Object id = takenIn();
        fail(claim("a/1"), true);
        assertThat(TestDatabase.get().rows("names/update-retried-job", Map.of("job", id.toString())))
                .hasSize(1);
        names.work();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed").containsEntry("dataset_status", "completed");
        assertThat(TestDatabase.get().rows("names/update-retried-job", Map.of("job", id.toString())))
                .as("only a dead one")
                .isEmpty();
    }

    @Test
    void a_waiting_job_is_cancelled_and_a_running_one_is_not() {
        Object id = takenIn();
        assertThat(TestDatabase.get().rows("names/update-cancelled-job", Map.of("job", id.toString())))
                .hasSize(1);
        assertThat(NamesRig.job(id)).containsEntry("status", "cancelled");
        assertThat(claim("a/1")).isNull();

        TestDatabase.get().rows("names/update-retried-job", Map.of("job", id.toString()));
        claim("a/1");
        assertThat(TestDatabase.get().rows("names/update-cancelled-job", Map.of("job", id.toString())))
                .isEmpty();
    }

    @Test
    void the_job_of_a_silent_worker_is_released_and_what_it_still_does_counts_for_nothing() {
        Object id = takenIn();
        Map<String, Object> first = claim("dead/1");
        TestDatabase.get().rows("names/beat-jobs", Map.of("node", "dead"));
        assertThat(TestDatabase.get().rows("names/update-silent-jobs", Map.of("silence", 45_000)))
                .isEmpty();
        TestDatabase.execute("update names.jobs set heartbeat_at = now() - interval '50 seconds'");
        assertThat(TestDatabase.get().rows("names/update-silent-jobs", Map.of("silence", 45_000)))
                .extracting(row -> row.get("status"))
                .containsExactly("queued");
        names.work();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed").containsEntry("attempts", 2);

        assertThat(fail(first, true)).as("it is not its job any more").isEmpty();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed");
        assertThat(NamesRig.figures()).containsExactly("1880 F Mary 7065");
    }

    @Test
    void a_worker_that_died_in_its_last_attempt_leaves_a_dead_job() {
        Object id = takenIn();
        TestDatabase.execute("update names.jobs set max_attempts = 1");
        claim("dead/1");
        TestDatabase.execute("update names.jobs set heartbeat_at = now() - interval '50 seconds'");
        TestDatabase.get().rows("names/update-silent-jobs", Map.of("silence", 45_000));
        assertThat(NamesRig.job(id)).containsEntry("status", "failed").containsEntry("dataset_status", "failed");
        assertThat(NamesRig.job(id).get("error").toString()).contains("dead/1");
    }

    @Test
    void a_heartbeat_is_that_of_one_process() {
        takenIn();
        claim("node-1:12/7");
        TestDatabase.execute("update names.jobs set heartbeat_at = now() - interval '50 seconds'");
        assertThat(TestDatabase.get().rows("names/beat-jobs", Map.of("node", "node-1:1")))
                .isEmpty();
        assertThat(TestDatabase.get().rows("names/beat-jobs", Map.of("node", "node-1:12")))
                .hasSize(1);
    }

    @Test
    void a_job_that_ended_long_ago_is_removed_and_a_waiting_one_never() {
        takenIn();
        names.work();
        names.takeIn(names.file("yob1881.txt", "Anna,F,2698"));
        TestDatabase.execute("""
                update names.jobs set created_at = now() - interval '40 days',
                  completed_at = case when status = 'completed' then now() - interval '31 days' end""");
        assertThat(TestDatabase.get().rows("names/delete-old-jobs", Map.of())).containsExactly(Map.of("deleted", 1));
        assertThat(TestDatabase.rows("select status from names.jobs")).containsExactly(Map.of("status", "queued"));
    }

    @Test
    void the_schema_holds_the_transitions() {
        takenIn();
        names.work();
        for (String refused : List.of(
                "update names.datasets set status = 'pending'",
                "update names.datasets set status = 'processing'",
                "update names.jobs set status = 'running', locked_by = 'a', locked_at = now(), heartbeat_at = now()",
                "update names.jobs set status = 'queued', completed_at = null")) {
            assertThatThrownBy(() -> TestDatabase.execute(refused))
                    .as(refused)
                    .rootCause()
                    .hasMessageContaining("cannot become");
        }
        TestDatabase.execute("update names.datasets set status = 'reprocessing'");
    }

    @Test
    void dropped_files_are_taken_in_put_away_and_loaded_by_the_workers() throws Exception {
        names.withSchedules().service();
        Path source = Files.createDirectories(names.inbox().resolve("au-sa"));
        Files.move(
                names.file("a.csv", "Given Name,Amount,Position", "\"JOHN\",\"477\",\"1\""),
                source.resolve("male_cy1944_top.csv"));
        Files.move(names.file("b.txt", "Mary,F,7065"), names.inbox().resolve("yob1880.txt"));
        Files.move(names.file("c.txt", "no,statistics"), names.inbox().resolve("notes.txt"));

        dev.catchment.support.Await.until(
                "both files count", () -> NamesRig.figures().size() == 2);
        Path day = names.inbox()
                .resolve("done")
                .resolve(java.time.LocalDate.now(java.time.ZoneOffset.UTC).toString());
        dev.catchment.support.Await.until(
                "the third is refused",
                () -> Files.exists(names.inbox()
                        .resolve("failed")
                        .resolve(day.getFileName())
                        .resolve("notes.txt.report.json")));
        assertThat(day.resolve("male_cy1944_top.csv")).exists();
        assertThat(day.resolve("yob1880.txt.report.json")).content().contains("\"us-ssa\"", "job_id");
        assertThat(names.inbox().resolve("failed").resolve(day.getFileName()).resolve("notes.txt.report.json"))
                .content()
                .contains("No known publisher");
    }
}
