package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheetFiguresTest {

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
        assertThat(SheetFigures.spelt(name, neighbour)).isEqualTo(spelt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ":", "[x]", "x"})
    void what_is_withheld_is_not_zero(String count) {
        assertThat(SheetFigures.ofCell(2020, Gender.F, "Ava", count, "row 7")).isEqualTo(Entry.Passed.SUPPRESSED);
        assertThat(SheetFigures.ofRow(2020, Gender.F, "Ava", count, "row 7")).isEqualTo(Entry.Passed.SUPPRESSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0"})
    void nothing_is_no_figure_in_a_wide_table_and_wrong_in_a_long_one(String count) {
        assertThat(SheetFigures.ofCell(2020, Gender.F, "Ava", count, "row 7")).isEqualTo(Entry.Passed.NONE);
        assertThat(SheetFigures.ofRow(2020, Gender.F, "Ava", count, "row 7"))
                .extracting("reason")
                .isEqualTo("bad-count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7087.5", "6,602", "-3", "1e3", "12345678901", "#REF!"})
    void a_count_is_a_whole_number_or_none(String count) {
        assertThat(SheetFigures.ofCell(2020, Gender.F, "Ava", count, "row 7"))
                .isEqualTo(new Entry.Unusable(
                        "row 7", "bad-count", "the count is no whole number of 1 or more", "Ava | " + count));
    }

    @Test
    void a_name_has_a_hundred_letters_at_most() {
        assertThat(SheetFigures.ofRow(2020, Gender.F, "A".repeat(100), "5", "row 7"))
                .isInstanceOf(Entry.Figure.class);
        assertThat(SheetFigures.ofRow(2020, Gender.F, "A".repeat(101), "5", "row 7"))
                .extracting("reason")
                .isEqualTo("bad-name");
    }

    @Test
    void a_cell_is_composed_and_without_what_nobody_sees() {
        assertThat(CellText.of("\u00a0Emile\u0301 \u2009 Marie\u00ad ")).isEqualTo("Emilé Marie");
        assertThat(CellText.of("\u00ad\u00a0")).isEmpty();
        assertThat(CellText.of(7087.0)).isEqualTo("7087");
        assertThat(CellText.of(Double.NaN)).isEmpty();
        assertThat(CellText.of(new BigDecimal("1E+2147483647"))).isEqualTo("1E+2147483647");
    }
}
