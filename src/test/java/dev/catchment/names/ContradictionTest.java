package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file that says other than its neighbours in the database: refused with the reason, nothing of it counts. */
class ContradictionTest {
    private static final List<String> GIRLS = List.of("Ada", "Bea", "Cleo", "Dora", "Edith", "Faye", "Gwen", "Hazel");
    private static final List<String> BOYS = List.of("Abe", "Bert", "Cole", "Dirk", "Earl", "Ford", "Gus", "Hugo");

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static Stream<String> lines(List<String> names, String gender, int most) {
        return IntStream.range(0, names.size()).mapToObj(i -> "%s,%s,%d".formatted(names.get(i), gender, most - i));
    }

    private static Map<String, Object> load(int year, Stream<String> lines) {
        return NAMES.load(NAMES.file("yob%d.txt".formatted(year), lines.toArray(String[]::new)))
                .get(0);
    }

    private static void assertRefused(Map<String, Object> job, String... reasons) {
        assertThat(job).containsEntry("status", "failed").containsEntry("dataset_status", "failed");
        assertThat(job.get("error").toString()).contains(reasons);
    }

    @Test
    void boys_that_are_called_girls_are_found_out_by_what_is_held_of_both() {
        load(2001, Stream.concat(lines(GIRLS, "F", 900), lines(BOYS, "M", 950)));
        List<String> before = NamesRig.figures();
        assertRefused(load(2002, lines(BOYS, "F", 970)), "It says F, but", "8 are held as M and 0 as F");
        assertThat(NamesRig.figures()).isEqualTo(before);
    }

    @Test
    void what_is_held_of_one_gender_alone_says_nothing_of_the_other() {
        load(2001, lines(BOYS, "M", 950));
        assertThat(load(2002, lines(BOYS, "F", 970)))
                .as("both may bear them: nobody knows yet")
                .containsEntry("status", "completed");
    }

    @Test
    void names_known_everywhere_need_nothing_that_is_held() {
        List<String> known = List.of("Olivia", "Emma", "Charlotte", "Amelia", "Sophie", "Emily");
        assertRefused(load(2001, lines(known, "M", 900)), "It says M, but of the babies with names known everywhere");
        assertThat(NamesRig.figures()).isEmpty();
    }

    @Test
    void what_whoever_brought_it_vouches_for_counts_all_the_same() {
        load(2001, Stream.concat(lines(GIRLS, "F", 900), lines(BOYS, "M", 950)));
        Path file = NAMES.file("yob2002.txt", lines(BOYS, "F", 970).toArray(String[]::new));
        Map<String, Object> job = NAMES.load(file).get(0);
        assertRefused(job, "catchment jobs retry " + job.get("job").toString().substring(0, 8) + " --force");
        retry(job, false);
        assertRefused(NamesRig.job(job.get("job")), "It says F, but");
        retry(job, true);
        assertThat(NamesRig.job(job.get("job"))).containsEntry("status", "completed");

        Path other = NAMES.file("yob2003.txt", lines(BOYS, "F", 980).toArray(String[]::new));
        assertThat(NAMES.loadAgain(other).get(0)).containsEntry("status", "completed");
        Path third = NAMES.file("yob2004.txt", lines(BOYS, "F", 990).toArray(String[]::new));
        Hints said = new Hints(null, null, Gender.F);
        assertThat(NAMES.load(new LoadOrder(third, said, "test", false, false)).get(0))
                .containsEntry("status", "completed");
    }

    private static void retry(Map<String, Object> job, boolean force) {
        Map<String, Object> which = Map.of("job", job.get("job").toString(), "force", force);
        assertThat(TestDatabase.get().rows("names/update-retried-job", which)).hasSize(1);
        NAMES.work();
    }

    @Test
    void girls_load_where_only_boys_are_held_though_some_boys_bear_their_names() {
        load(2001, Stream.concat(lines(BOYS, "M", 95_000), lines(GIRLS, "M", 20)));
        assertThat(load(2002, lines(GIRLS, "F", 90_000))).containsEntry("status", "completed");
    }

    @Test
    void a_small_publisher_is_told_by_a_large_one() {
        load(2001, Stream.concat(lines(GIRLS, "F", 90_000), lines(BOYS, "M", 95_000)));
        assertRefused(load(2002, lines(GIRLS, "M", 90)), "It says M, but");
    }

    @Test
    void the_figures_of_another_year_are_no_new_year() {
        List<String> many =
                IntStream.range(0, 20).mapToObj(i -> "Zoe" + (char) ('a' + i)).toList();
        load(2001, lines(many, "F", 500));
        assertRefused(
                load(2002, Stream.concat(lines(many, "F", 500), Stream.of("Abe,M,9"))),
                "2002 F are, name by name",
                "us-ssa published for 2001");
    }
}
