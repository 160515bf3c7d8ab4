package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Content that was taken in before, and comes again: under another year, after a cancel, long after its job is gone. */
class KnownFileTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static LoadOrder order(Path file, int year, boolean force) {
        return new LoadOrder(file, new Hints("au-sa", year, Gender.M), "test", force, false);
    }

    private static Path boys() {
        return NAMES.file("boys.csv", "Given Name,Amount,Position", "\"JOHN\",\"477\",\"1\"");
    }

    @Test
    void the_same_content_as_another_year_is_refused_with_what_it_was_taken_in_as() {
        NAMES.load(order(boys(), 1950, false));
        assertThatThrownBy(() -> NAMES.takeIn(order(boys(), 1951, false)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("given as au-sa 1951 M")
                .hasMessageContaining("loaded as au-sa 1950 M (boys.csv)");
        assertThat(NamesRig.figures()).containsExactly("1950 M JOHN 477");
        assertThat(TestDatabase.rows("select id from names.jobs")).hasSize(1);
    }

    @Test
    void a_mistaken_year_is_corrected_by_force() {
        NAMES.load(order(boys(), 1950, false));
        Map<String, Object> job = NAMES.load(order(boys(), 1951, true)).get(0);

        assertThat(job).containsEntry("status", "completed").containsEntry("type", "reprocess_dataset");
        assertThat(NamesRig.figures()).containsExactly("1951 M JOHN 477");
        assertThat(TestDatabase.rows("select year from names.name_statistics")).containsExactly(Map.of("year", 1951));
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void while_a_job_is_at_it_nobody_calls_it_otherwise() {
        NAMES.takeIn(order(boys(), 1950, false));
        assertThatThrownBy(() -> NAMES.takeIn(order(boys(), 1951, true))).isInstanceOf(PermanentFailure.class);
        NAMES.work();
        assertThat(NamesRig.figures()).containsExactly("1950 M JOHN 477");
    }

    @Test
    void a_file_whose_job_was_cancelled_is_loaded_when_it_is_dropped_again() {
        Object job = NAMES.takeIn(order(boys(), 1950, false)).get(0).get("job_id");
        TestDatabase.get().rows("names/update-cancelled-job", Map.of("job", job.toString()));
        TestDatabase.execute("delete from names.jobs"); // as the cleanup does in the end

        assertThat(NAMES.load(order(boys(), 1951, false)).get(0)).containsEntry("status", "completed");
        assertThat(NamesRig.figures()).containsExactly("1951 M JOHN 477");
    }

    @Test
    void a_file_that_was_cancelled_between_two_attempts_is_loaded_when_it_is_dropped_again() {
        Object job = NAMES.takeIn(order(boys(), 1950, false)).get(0).get("job_id");
        TestDatabase.execute("select names.lock_next_job('a/1')");
        TestDatabase.execute("update names.jobs set status = 'queued', next_retry_at = now() + interval '1 hour'");
        TestDatabase.get().rows("names/update-cancelled-job", Map.of("job", job.toString()));

        assertThat(NAMES.load(order(boys(), 1950, false)).get(0)).containsEntry("status", "completed");
        assertThat(NamesRig.figures()).containsExactly("1950 M JOHN 477");
    }

    @Test
    void what_was_loaded_is_known_when_its_job_is_long_gone() {
        NAMES.load(order(boys(), 1950, false));
        TestDatabase.execute("delete from names.jobs");
        List<Map<String, Object>> again = NAMES.takeIn(order(boys(), 1950, false));
        assertThat(again.get(0)).containsEntry("is_queued", false).containsEntry("job_id", null);
    }
}
