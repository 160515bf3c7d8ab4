package dev.catchment.names;

import static dev.catchment.support.NamesQueue.claim;
import static dev.catchment.support.NamesQueue.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.TransientFailure;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The queue: who has a job, who loses it, and when it is tried again. */
class QueueTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private Object takenIn() {
        return NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065")).get(0).get("job_id");
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
        failAndWait(1, 10);
        failAndWait(2, 20);
        fail(claim("a/1"), false);
        assertThat(NamesRig.job(id))
                .containsEntry("status", "failed")
                .containsEntry("error", "It broke.")
                .containsEntry("dataset_status", "failed");
        assertThat(claim("a/1")).isNull();
    }

    private static void failAndWait(int attempt, int seconds) {
        Map<String, Object> job = claim("a/1");
        assertThat(job).containsEntry("attempt", attempt);
        fail(job, false);
        assertThat(claim("a/1")).as("not before its time").isNull();
        String pause = "extract(epoch from next_retry_at - now())";
        assertThat(TestDatabase.rows(
                        "select %1$s > ? - 5 and %1$s <= ? as is_due from names.jobs".formatted(pause),
                        seconds,
                        seconds))
                .containsExactly(Map.of("is_due", true));
        TestDatabase.execute("update names.jobs set next_retry_at = now()");
    }

    @Test
    void a_failure_of_the_server_is_no_attempt_and_the_job_completes_once_there_is_room() {
        Object id = takenIn();
        TestDatabase.execute(
                "create or replace function public.full_disk() returns trigger language plpgsql as $$ begin "
                        + "raise exception 'could not extend file' using errcode = '53100'; end $$");
        TestDatabase.execute("create trigger full_disk before update of status on names.datasets for each row "
                + "when (new.status = 'completed') execute function public.full_disk()");
        try {
            for (int time = 0; time < 4; time++) {
                assertThatThrownBy(NAMES::work).hasRootCauseInstanceOf(TransientFailure.class);
                assertThat(NamesRig.job(id)).containsEntry("status", "queued").containsEntry("attempts", 0);
                assertThat((String) NamesRig.job(id).get("error"))
                        .contains("is full (could not extend file): what was committed is safe", "its job is retried")
                        .doesNotContain("cursor");
                assertThat(TestDatabase.number("select count(*) from names.jobs where next_retry_at > now()"))
                        .isEqualTo(1);
                TestDatabase.execute("update names.jobs set next_retry_at = now()");
            }
        } finally {
            TestDatabase.execute("drop trigger full_disk on names.datasets; drop function public.full_disk()");
        }
        NAMES.work();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed").containsEntry("attempts", 1);
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
        assertThat(TestDatabase.get().rows("names/update-retried-job", Map.of("job", id.toString(), "force", false)))
                .hasSize(1);
        NAMES.work();
        assertThat(NamesRig.job(id)).containsEntry("status", "completed").containsEntry("dataset_status", "completed");
        assertThat(TestDatabase.get().rows("names/update-retried-job", Map.of("job", id.toString(), "force", false)))
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

        TestDatabase.get().rows("names/update-retried-job", Map.of("job", id.toString(), "force", false));
        claim("a/1");
        assertThat(TestDatabase.get().rows("names/update-cancelled-job", Map.of("job", id.toString())))
                .isEmpty();
    }

    @Test
    void an_old_job_that_is_retried_after_a_newer_one_read_the_file_stops_nobody() {
        Object old = takenIn();
        fail(claim("a/1"), true);
        Object dropped = takenIn();
        NAMES.work();
        assertThat(NamesRig.job(dropped)).containsEntry("status", "completed");

        TestDatabase.get().rows("names/update-retried-job", Map.of("job", old.toString(), "force", false));
        NAMES.work();
        assertThat(NamesRig.job(old)).containsEntry("status", "completed").containsEntry("dataset_status", "completed");
    }
}
