package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.Workbooks.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GbOnsTest {
    private static final Page CONTENTS = new Page("Contents", """
            Contents
            | Table 6 || Top names for baby girls in England and Wales, 1996
            """);
    private static final Page TOP_100 = new Page("Table 1", """
            Table 1: Top 100 names for baby girls1, 1996
            England and Wales
            Rank | Name | Count2 || Rank | Name | Count2
            1 | SOPHIE | 7087 || 51 | AMBER | 1000
            """);
    private static final Page OF_1996 = new Page("Table 3 - Girls names - E&W", """
            Contents

            | Top names for baby girls in England and Wales, 1996 1

            | Rank | Name | Count

            | 1 | SOPHIE\u00a0 | 7087
            | 2 | TRUE | 6000
            | 3 | 'NAN | 5000

            | Notes:
            | Names with a count of 2 or less have been redacted.
            | Source: Office for National Statistics (ONS) ||| Released: 17 August 2015
            """);

    @TempDir
    private Path folder;

    @Test
    void the_oldest_layout_is_read_between_its_header_and_its_footnotes() throws IOException {
        NamesFile file = Workbooks.xls(folder, "1996girlsnames.xls", CONTENTS, TOP_100, OF_1996);
        assertThat(new GbOns().recognise(file))
                .containsExactly(new Publication("gb_ons", "gb-ons", null, null, 1996, Gender.F));
        List<Entry> entries = Workbooks.read(new GbOns(), file);
        assertThat(Workbooks.figures(entries))
                .containsExactly("1996 F SOPHIE 7087", "1996 F TRUE 6000", "1996 F NAN 5000");
        assertThat(entries).first().extracting("position").isEqualTo("Table 3 - Girls names - E&W row 7");
        assertThat(Workbooks.passed(entries))
                .containsEntry(Entry.Passed.NO_COUNT, 3L)
                .hasSize(1);
    }

    @Test
    void footnote_digits_glued_to_title_and_header_are_no_part_of_them() throws IOException {
        NamesFile file = Workbooks.xlsx(folder, "2019boysnames.xlsx", new Page("Table 6", """
                Contents

                Table 6: Top names for baby boys1,2, 2019
                England and Wales

                Rank | Name | Count3
                1 | OLIVER | 4932
                1 These rankings have been produced using the exact spelling.
                """));
        assertThat(Workbooks.figures(Workbooks.read(new GbOns(), file))).containsExactly("2019 M OLIVER 4932");
    }

    @Test
    void a_name_that_became_a_truth_value_is_written_as_its_neighbours_are() throws IOException {
        NamesFile file = Workbooks.xlsx(folder, "girlsnames2023.xlsx", new Page("Table_6", """
                Top names for baby girls, England and Wales, 2023
                This worksheet contains one table
                [note 1][note 3]
                Rank | Name | Count
                1 | Olivia | 2906
                3560 | TRUE | 5
                """));
        assertThat(Workbooks.figures(Workbooks.read(new GbOns(), file)))
                .containsExactly("2023 F Olivia 2906", "2023 F True 5");
    }

    @Test
    void a_row_that_is_no_figure_is_said_to_be_none() throws IOException {
        NamesFile file = Workbooks.xlsx(folder, "6.xlsx", new Page("6", """
                Worksheet 6: Top names for baby boys, England and Wales, 2021 [note 1] [note 3]
                Rank | Name | Count
                All ranks | All names | 11785
                1 | Noah | 4525.5
                2 || 4000
                3 | Jack |
                """));
        assertThat(Workbooks.read(new GbOns(), file))
                .contains(Entry.Passed.NO_COUNT)
                .filteredOn(Entry.Unusable.class::isInstance)
                .extracting("position", "reason", "record")
                .containsExactly(
                        tuple("6 row 4", "bad-count", "Noah | 4525.5"),
                        tuple("6 row 5", "bad-name", " | 4000"),
                        tuple("6 row 6", "bad-count", "Jack | "));
    }

    @Test
    void a_file_whose_name_or_bringer_contradicts_its_title_is_refused() throws IOException {
        assertRefused(Workbooks.xls(folder, "1997girlsnames.xls", OF_1996), "content is of 1996", "says 1997");
        assertRefused(Workbooks.xls(folder, "boysnames.xls", OF_1996), "content is of F", "says M");
        assertRefused(Workbooks.xls(folder, "a.xls", new Page("Boys", OF_1996.rows())), "name of its sheet says M");
        Path path = Workbooks.writeXls(folder.resolve("b.xls"), OF_1996);
        assertRefused(Workbooks.file(path, new Hints("gb-nrs", null, null)), "gb-ons", "says gb-nrs");
        assertRefused(Workbooks.file(path, new Hints(null, 2001, null)), "1996", "2001");
        assertRefused(Workbooks.file(path, new Hints(null, null, Gender.M)), "of F", "says M");
    }

    @Test
    void a_file_name_may_hold_other_digits_and_the_right_year() throws IOException {
        NamesFile file = Workbooks.xls(folder, "1996girlsbyarea_tcm77-413741_20160308.xls", OF_1996);
        assertThat(new GbOns().recognise(file)).hasSize(1);
    }

    @Test
    void the_historical_workbook_is_refused_as_ranks_only() throws IOException {
        NamesFile file = Workbooks.xlsx(folder, "historicalnames2024.xlsx", new Page("Table_1", """
                Table 1: Top 100 names for baby girls at 10-yearly intervals, 1904 to 2024
                Rank | 1904 | 1914
                1 | Mary | Mary
                """));
        assertRefused(file, "ranks only");
    }

    @Test
    void two_tables_of_all_names_are_refused_and_another_workbook_is_not_recognised() throws IOException {
        assertRefused(Workbooks.xls(folder, "c.xls", OF_1996, new Page("Again", OF_1996.rows())), "has 2 tables");
        assertThat(new GbOns().recognise(Workbooks.xls(folder, "d.xls", CONTENTS, TOP_100)))
                .isEmpty();
    }

    private static void assertRefused(NamesFile file, String... words) {
        assertThatThrownBy(() -> new GbOns().recognise(file))
                .isInstanceOf(PermanentFailure.class)
                .message()
                .contains(words);
    }
}
