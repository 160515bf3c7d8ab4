package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.SsaEdition;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A publisher revises its history with every edition: the latest one counts, the others are kept. */
class ReleaseTest {
    private static final String[] NEWEST = {"1880 F Emma 2003", "1880 F Mary 7066", "1881 M John 8769", "1882 F Ida 5"};

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private Path older() {
        return SsaEdition.zip(
                NAMES.folder(),
                "older.zip",
                Map.of(1880, List.of("Mary,F,7065", "Emma,F,2003"), 1881, List.of("John,M,8769", "Ghost,M,5")));
    }

    private Path newer() {
        return SsaEdition.zip(
                NAMES.folder(),
                "newer.zip",
                Map.of(
                        1880,
                        List.of("Mary,F,7066", "Emma,F,2003"),
                        1881,
                        List.of("John,M,8769"),
                        1882,
                        List.of("Ida,F,5")));
    }

    @Test
    void a_newer_edition_replaces_its_years_and_says_what_it_changed() {
        NAMES.load(older());
        Map<String, Object> job = NAMES.load(newer()).get(0);

        assertThat(NamesRig.figures()).containsExactly(NEWEST);
        assertThat(job).containsEntry("added", 1L).containsEntry("changed", 1L).containsEntry("removed", 1L);
        assertThat(revisions(job)).containsExactly("1880 F 0 1 0", "1881 M 0 0 1", "1882 F 1 0 0");
        assertThat(TestDatabase.rows("select count(*) as kept from names.names where deleted_at is not null"))
                .containsExactly(Map.of("kept", 4L));
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void a_newer_edition_that_is_built_aside_replaces_as_well() {
        NAMES.set("names.large-release", "1");
        NAMES.load(older());
        NAMES.load(newer());

        assertThat(NamesRig.figures()).containsExactly(NEWEST);
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void the_older_edition_is_restored_and_the_newer_one_again() {
        Map<String, Object> old = NAMES.load(older()).get(0);
        Map<String, Object> current = NAMES.load(newer()).get(0);

        restore(old);
        assertThat(NamesRig.figures())
                .containsExactly(
                        "1880 F Emma 2003", "1880 F Mary 7065", "1881 M Ghost 5", "1881 M John 8769", "1882 F Ida 5");
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();

        restore(current);
        assertThat(NamesRig.figures()).containsExactly(NEWEST);
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void what_a_release_revised_stays_known_when_it_is_read_again_after_it_was_replaced() {
        Map<String, Object> old = NAMES.load(older()).get(0);
        Map<String, Object> current = NAMES.load(newer()).get(0);
        restore(old);
        List<String> figures = NamesRig.figures();
        NAMES.loadAgain(newer());

        assertThat(NamesRig.figures()).isEqualTo(figures);
        assertThat(revisions(current)).containsExactly("1880 F 0 1 0", "1881 M 0 0 1", "1882 F 1 0 0");
        restore(current);
        assertThat(NamesRig.figures()).containsExactly(NEWEST);
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    private static List<String> revisions(Map<String, Object> job) {
        return TestDatabase.get()
                .rows(
                        "names/list-revisions",
                        Map.of("dataset", job.get("dataset").toString()))
                .stream()
                .map(row -> row.get("year") + " " + row.get("gender") + " " + row.get("added") + " "
                        + row.get("changed") + " " + row.get("removed"))
                .toList();
    }

    private static void restore(Map<String, Object> job) {
        TestDatabase.get()
                .rows(
                        "names/update-restored-dataset",
                        Map.of("dataset", job.get("dataset").toString()));
        TestDatabase.get().rows("names/refresh-statistics", Map.of("wait", true));
    }

    @Test
    void what_came_later_counts_in_whatever_order_the_jobs_are_done() {
        Object first = NAMES.takeIn(older()).get(0).get("job_id");
        NAMES.takeIn(newer());
        TestDatabase.execute(
                "update names.jobs set next_retry_at = now() + interval '1 hour' where id = '" + first + "'");
        NAMES.work();
        TestDatabase.execute("update names.jobs set next_retry_at = null where id = '" + first + "'");
        NAMES.work();

        assertThat(NamesRig.figures()).containsExactly(NEWEST);
        assertThat(NamesRig.job(first)).containsEntry("status", "completed");
        assertThat(NamesRig.job(first).get("note").toString()).contains("later release");
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void another_reading_of_the_same_file_takes_the_place_of_the_first_one() {
        Map<String, Object> job = NAMES.load(newer()).get(0);
        // As if a mistake in the parser had made another figure of it.
        TestDatabase.execute("update names.names set count = 1 where name = 'Mary'");
        TestDatabase.execute("update names.slices set births = births - 7065 where year = 1880");
        Map<String, Object> again = NAMES.loadAgain(newer()).get(0);

        assertThat(again)
                .containsEntry("type", "reprocess_dataset")
                .containsEntry("dataset", job.get("dataset"))
                .containsEntry("changed", 1L);
        assertThat(NamesRig.figures()).containsExactly(NEWEST);
        assertThat(TestDatabase.rows("select count(*) as kept from names.names where deleted_at is not null"))
                .containsExactly(Map.of("kept", 4L));
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }
}
