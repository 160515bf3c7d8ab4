package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.figure.Hints;
import dev.catchment.support.NamesRig;
import dev.catchment.support.SsaEdition;
import dev.catchment.support.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a file would replace has to be like it, or a person decides. */
class LikenessTest {
    private static final Hints NSW = new Hints("au-nsw", null, null);
    private static final int FIRST = 1990;
    private static final int LAST = 1995;

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    /** A table of forty names a year and gender. @param first which name is the first one, @param percent of its counts */
    private static List<String> table(int from, int to, int first, int percent) {
        List<String> lines = new ArrayList<>(List.of("name,number,sex,year"));
        for (int year = from; year <= to; year++) {
            for (String gender : List.of("F", "M")) {
                for (int i = first; i < first + 40; i++) {
                    int count = (1000 - 9 * i + year % 7) * percent / 100;
                    lines.add("%s%c%c,%d,%s,%d"
                            .formatted(
                                    gender.equals("F") ? "Ga" : "Bo", 'a' + i / 10, 'a' + i % 10, count, gender, year));
                }
            }
        }
        return lines;
    }

    private static LoadOrder order(String name, List<String> lines, boolean force) {
        return new LoadOrder(NAMES.file(name, lines.toArray(String[]::new)), NSW, "test", force, false);
    }

    private static Map<String, Object> load(String name, List<String> lines) {
        return NAMES.load(order(name, lines, false)).get(0);
    }

    private static void assertHeld(Map<String, Object> job, String... reasons) {
        assertThat(job).containsEntry("status", "failed").containsEntry("attempts", 1);
        assertThat(job.get("error").toString())
                .contains(reasons)
                .contains("catchment jobs retry " + job.get("job").toString().substring(0, 8) + " --force");
    }

    @Test
    void a_new_edition_revises_and_adds_years_and_counts() {
        load("old.csv", table(FIRST, LAST, 0, 100));
        assertThat(load("new.csv", table(FIRST, LAST + 1, 0, 102))).containsEntry("status", "completed");
        assertThat(NamesRig.figures()).hasSize(7 * 80);
    }

    @Test
    void one_that_was_cut_off_is_held_and_counts_once_a_person_says_so() {
        List<String> whole = table(FIRST, LAST, 0, 100);
        load("whole.csv", whole);
        List<String> before = NamesRig.figures();
        Map<String, Object> job = load("cut.csv", whole.subList(0, 1 + 260));
        assertHeld(job, "260 figures, and whole.csv", "has 480 from 1990 to 1995", "cut off, or is an older edition");
        assertThat(NamesRig.figures()).isEqualTo(before);

        Map<String, Object> retry = Map.of("job", job.get("job").toString(), "force", true);
        TestDatabase.get().rows("names/update-retried-job", retry);
        NAMES.work();
        assertThat(NamesRig.job(job.get("job"))).containsEntry("status", "completed");
        assertThat(TestDatabase.get().rows("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void one_that_was_cut_off_anywhere_is_held() {
        List<String> whole = table(FIRST, LAST, 0, 100);
        load("whole.csv", whole);
        for (int percent : new int[] {10, 50, 75, 89, 95}) {
            int lines = whole.size() * percent / 100;
            assertThat(load("cut.csv", whole.subList(0, lines)))
                    .as("%d lines", lines)
                    .containsEntry("status", "failed");
        }
    }

    @Test
    void half_of_the_names_of_one_year_are_held() {
        List<String> whole = table(LAST, LAST, 0, 100);
        load("whole.csv", whole);
        List<String> half = new ArrayList<>(whole.subList(0, 21));
        half.addAll(whole.subList(41, 61));
        assertHeld(load("half.csv", half), "Of 80 names and years that are held it has 40 (50 %)");
    }

    @Test
    void another_publishers_figures_are_held_by_their_counts_or_their_names() {
        load("ours.csv", table(FIRST, LAST, 0, 100));
        assertHeld(load("larger.csv", table(FIRST, LAST, 0, 250)), "it has 480 (100 %)", "their counts agree to 4");
        assertHeld(load("others.csv", table(FIRST, LAST, 20, 100)), "it has 240 (50 %)");
        assertHeld(load("none.csv", table(FIRST, LAST, 40, 100)), "it has 0 (0 %)");
    }

    @Test
    void what_is_forced_at_once_counts_at_once() {
        load("ours.csv", table(FIRST, LAST, 0, 100));
        Map<String, Object> job = NAMES.load(order("larger.csv", table(FIRST, LAST, 0, 250), true))
                .get(0);
        assertThat(job).containsEntry("status", "completed").containsEntry("changed", 480L);
    }

    /** So it is of no matter which of two editions comes first. */
    @Test
    void an_older_edition_is_held_after_a_newer_one() {
        load("new.csv", table(FIRST, LAST + 1, 0, 101));
        List<String> before = NamesRig.figures();
        assertHeld(load("old.csv", table(FIRST, LAST, 0, 100)), "an older edition");
        assertThat(NamesRig.figures()).isEqualTo(before);
    }

    @Test
    void a_file_of_one_year_takes_the_place_of_that_year_in_one_of_many() {
        List<String> names = IntStream.range(0, 30)
                .mapToObj(i -> "Na" + (char) ('a' + i % 26) + (char) ('a' + i / 26))
                .toList();
        Map<Integer, List<String>> years = new HashMap<>();
        for (int year = 1880; year < 1886; year++) {
            int more = year;
            years.put(
                    year,
                    IntStream.range(0, 30)
                            .mapToObj(i -> names.get(i) + ",F," + (more - 10 * i))
                            .toList());
        }
        Path zip = SsaEdition.zip(NAMES.folder(), "names.zip", years);
        NAMES.load(zip);
        String[] revised = IntStream.range(0, 30)
                .mapToObj(i -> names.get(i) + ",F," + (1883 - 10 * i + i % 2))
                .toArray(String[]::new);
        assertThat(NAMES.load(NAMES.file("yob1883.txt", revised)).get(0)).containsEntry("status", "completed");
    }

    @Test
    void a_longer_list_takes_the_place_of_its_beginning_and_not_the_other_way_round() {
        List<String> whole = table(LAST, LAST, 0, 100);
        List<String> top = new ArrayList<>(whole.subList(0, 11));
        top.addAll(whole.subList(41, 51));
        load("top.csv", top);
        assertThat(load("whole.csv", whole)).containsEntry("status", "completed");
        List<String> other = new ArrayList<>(top.subList(0, 10));
        other.addAll(top.subList(11, 21));
        assertHeld(load("other.csv", other), "Of 80 names and years");
    }
}
