package dev.catchment.names.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.file.Row;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "TRUE, OLIVIA, TRUE",
        "TRUE, Olivia, True",
        "TRUE, olivia, true",
        "FALSE, Olivia, False",
        "NAN, Olivia, NAN",
        "TRUE, '', TRUE"
    })
    void a_truth_value_is_spelt_as_its_neighbours_and_nothing_else_is_touched(
            String name, String neighbour, String spelt) {
        assertThat(SheetTable.spelt(name, neighbour)).isEqualTo(spelt);
    }

    private static FileEntry ofCell(String count) {
        return Figures.PLAIN.ofCell(row("Ava", count), 2020, Gender.F, "Ava", count);
    }

    private static FileEntry ofRow(String name, String count) {
        return Figures.PLAIN.of(row(name, count), 2020, Gender.F, name, count);
    }

    private static Row row(String... cells) {
        return new Row("row 7", List.of(cells));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ":", "[x]", "x", "< 5"})
    void what_is_withheld_is_not_zero(String count) {
        assertThat(ofCell(count)).isEqualTo(FileEntry.Passed.SUPPRESSED);
        assertThat(ofRow("Ava", count)).isEqualTo(FileEntry.Passed.SUPPRESSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-"})
    void nothing_is_no_figure_in_a_wide_table_and_wrong_in_a_long_one(String count) {
        assertThat(ofCell(count)).isEqualTo(FileEntry.Passed.NONE);
        assertThat(ofRow("Ava", count)).extracting("reason").isEqualTo("bad-count");
    }

    @Test
    void a_zero_says_that_there_was_none() {
        assertThat(ofCell("0")).isEqualTo(FileEntry.Passed.NONE);
        assertThat(ofRow("Ava", "0")).isEqualTo(FileEntry.Passed.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7087.5", "6,602", "-3", "1e3", "12345678901", "#REF!"})
    void a_count_is_a_whole_number_or_none(String count) {
        assertThat(ofCell(count))
                .isEqualTo(new FileEntry.Unusable(
                        "row 7", "bad-count", "not a whole number of births: \"" + count + "\"", "Ava," + count));
    }

    @Test
    void a_name_and_its_key_have_a_hundred_letters_at_most() {
        assertThat(ofRow("A".repeat(100), "5")).isInstanceOf(FileEntry.Figure.class);
        assertThat(ofRow("ß".repeat(50), "5")).isInstanceOf(FileEntry.Figure.class);
        for (String name : List.of("A".repeat(101), "ß".repeat(51), "", "12")) {
            assertThat(ofRow(name, "5")).extracting("reason").isEqualTo("bad-name");
        }
    }

    /** Stored as maiL, shown as Liam. */
    @ParameterizedTest
    @ValueSource(strings = {"\u202EmaiL", "\u202DLiam", "Li\u202Eam\u202C"})
    void a_name_that_is_shown_in_another_order_than_it_is_written_is_refused(String name) {
        assertThat(ofRow(name, "5")).extracting("reason").isEqualTo("bad-name");
        assertThat(ofRow(name, "5").toString()).contains("displayed in another order");
    }

    @Test
    void a_year_that_is_yet_to_come_is_refused_and_this_one_is_not() {
        int now = Year.now(ZoneOffset.UTC).getValue();
        assertThat(Figures.PLAIN.of(row("Ava", "5"), now, Gender.F, "Ava", "5")).isInstanceOf(FileEntry.Figure.class);
        assertThat(Figures.PLAIN.of(row("Ava", "5"), String.valueOf(now + 1), "F", "Ava", "5"))
                .isEqualTo(new FileEntry.Unusable(
                        "row 7", "bad-year", "a year in the future: \"" + (now + 1) + "\"", "Ava,5"));
    }
}
