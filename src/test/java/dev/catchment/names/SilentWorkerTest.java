package dev.catchment.names;

import static dev.catchment.support.NamesQueue.claim;
import static dev.catchment.support.NamesQueue.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.flow.Retention;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that die, and jobs that ended. */
class SilentWorkerTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private Object takenIn() {
        return NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065")).get(0).get("job_id");
    }

    /** Its lease has ended, and nobody has looked. */
    private static void fallSilent(String worker) {
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - lease where id = '" + worker + "'");
    }

    @Test
    void the_job_of_a_silent_worker_is_claimed_by_the_next_and_what_it_still_does_counts_for_nothing() {
        Object id = takenIn();
        Map<String, Object> first = claim("dead/1");
        assertThat(claim("other/1")).as("its worker is alive").isNull();
        fallSilent("dead/1");
        NAMES.work();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed").containsEntry("attempts", 2);

        assertThat(fail(first, true)).as("it is not its job any more").isEmpty();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed");
        assertThat(NamesRig.figures()).containsExactly("1880 F Mary 7065");
    }

    /** A job that is completed is not claimed again: nothing else would ever look at its run. */
    @Test
    void the_run_of_a_worker_that_died_between_its_merge_and_its_end_does_not_stay_open() {
        Object id = takenIn();
        NAMES.work();
        TestDatabase.execute("select ops.beat('{dead/1}')");
        TestDatabase.execute("update ops.runs set status = 'running', finished_at = null, is_complete = false,"
                + " claimed_by = 'dead/1'");
        NAMES.work();
        assertThat(TestDatabase.text("select status from ops.runs"))
                .as("its worker is alive")
                .isEqualTo("running");
        fallSilent("dead/1");
        NAMES.work();
        assertThat(TestDatabase.text("select status from ops.runs")).isEqualTo("abandoned");
        assertThat(NamesRig.job(id)).containsEntry("status", "completed").containsEntry("attempts", 1);
    }

    @Test
    void a_worker_that_died_in_its_last_attempt_leaves_a_dead_job() {
        Object id = takenIn();
        TestDatabase.execute("update names.jobs set max_attempts = 1");
        claim("dead/1");
        fallSilent("dead/1");
        assertThat(claim("other/1")).isNull();
        assertThat(NamesRig.job(id)).containsEntry("status", "failed").containsEntry("dataset_status", "failed");
        assertThat(NamesRig.job(id).get("error").toString()).contains("dead/1");
    }

    @Test
    void a_file_that_is_being_made_to_count_is_not_taken_away() throws Exception {
        takenIn();
        NAMES.takeIn(NAMES.file("yob1881.txt", "Anna,F,2698"));
        Map<String, Object> counting = claim("node/1");
        Map<String, Object> other = claim("node/2");
        fallSilent("node/1");
        fallSilent("node/2");
        try (Connection merge = TestDatabase.get().dataSource().getConnection();
                java.sql.Statement lock = merge.createStatement()) {
            merge.setAutoCommit(false);
            lock.execute("select from names.jobs where id = '" + counting.get("job_id") + "' for update");
            assertThat(TestDatabase.get().rows("names/release-lost-jobs", Map.of()))
                    .extracting(row -> row.get("id"))
                    .containsExactly(other.get("job_id"));
            merge.rollback();
        }
    }

    @Test
    void a_job_that_ended_long_ago_is_removed_and_a_waiting_one_never() {
        takenIn();
        NAMES.work();
        NAMES.takeIn(NAMES.file("yob1881.txt", "Anna,F,2698"));
        TestDatabase.execute("""
                update names.jobs set created_at = now() - interval '40 days',
                  completed_at = case when status = 'completed' then now() - interval '31 days' end""");
        assertThat(TestDatabase.get()
                        .rows("names/delete-old-jobs", new Retention().batch("2592000000", 0))
                        .get(0))
                .containsEntry("removed", 1L);
        assertThat(TestDatabase.rows("select status from names.jobs")).containsExactly(Map.of("status", "queued"));
    }

    @Test
    void the_schema_holds_the_transitions() {
        takenIn();
        NAMES.work();
        for (String refused : List.of(
                "update names.datasets set status = 'pending'",
                "update names.datasets set status = 'processing'",
                "update names.jobs set status = 'running', claimed_by = 'a', claimed_at = now()",
                "update names.jobs set status = 'queued', completed_at = null")) {
            assertThatThrownBy(() -> TestDatabase.execute(refused))
                    .as(refused)
                    .rootCause()
                    .hasMessageContaining("cannot become");
        }
        TestDatabase.execute("update names.datasets set status = 'reprocessing'");
    }
}
