package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.support.NamesRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file is held against what is held already: its neighbours find out what it says of itself wrongly. */
class NeighbourTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static Path year(int year, String gender, int more) {
        String[] lines = IntStream.range(0, 25)
                .mapToObj(i -> "Name" + (char) ('a' + i) + "," + gender + "," + (100 + i + more))
                .toArray(String[]::new);
        return NAMES.file("yob" + year + ".txt", lines);
    }

    @Test
    void a_file_whose_names_are_held_as_the_other_gender_is_refused_and_nothing_of_it_counts() {
        NAMES.load(NAMES.file("yob1880.txt", (lines(year(1880, "F", 0)) + lines(others())).split("\r\n")));
        List<String> before = NamesRig.figures();
        Map<String, Object> job = NAMES.load(year(1881, "M", 1)).get(0);

        assertThat(job).containsEntry("status", "failed").containsEntry("attempts", 1);
        assertThat(job.get("error").toString()).contains("yob1881.txt was rejected", "It says M", "25 are held as F");
        assertThat(NamesRig.figures()).isEqualTo(before);
    }

    @Test
    void a_file_that_agrees_with_its_neighbours_counts() {
        NAMES.load(year(1880, "F", 0));
        assertThat(NAMES.load(year(1881, "F", 1)).get(0)).containsEntry("status", "completed");
    }

    @Test
    void the_very_figures_of_another_year_are_refused() {
        NAMES.load(year(1880, "F", 0));
        Path copy = NAMES.file("yob1881.txt", (lines(year(1880, "F", 0)) + "Late,F,5").split("\r\n"));
        Path trimmed = NAMES.file("yob1882.txt", (lines(year(1880, "F", 0)) + "  ").strip() + "\n");
        Map<String, Object> job = NAMES.load(trimmed).get(0);

        assertThat(job).containsEntry("status", "failed");
        assertThat(job.get("error").toString())
                .contains("figures of 1882 F are, name by name, those that us-ssa published for 1880");
        assertThat(NAMES.load(copy).get(0)).as("one more name, another year").containsEntry("status", "completed");
    }

    @Test
    void the_very_file_of_another_year_is_refused() {
        NAMES.load(year(1880, "F", 0));
        assertThatThrownBy(() -> NAMES.takeIn(year(1881, "F", 0)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(
                        "It is given as us-ssa 1881, but the same content was loaded as us-ssa 1880 (yob1880.txt)");
    }

    /** The names of the other gender. */
    private static Path others() {
        String[] lines = IntStream.range(0, 25)
                .mapToObj(i -> "Other" + (char) ('a' + i) + ",M," + (100 + i))
                .toArray(String[]::new);
        return NAMES.file("others.txt", lines);
    }

    private static String lines(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
