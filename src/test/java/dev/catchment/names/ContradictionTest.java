package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
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
    void boys_that_are_called_girls_are_found_out_by_what_is_held() {
        load(2001, Stream.concat(lines(GIRLS, "F", 900), lines(BOYS, "M", 950)));
        List<String> before = NamesRig.figures();
        assertRefused(load(2002, lines(BOYS, "F", 970)), "It says F, but", "8 are held as M and 0 as F");
        assertThat(NamesRig.figures()).isEqualTo(before);
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
