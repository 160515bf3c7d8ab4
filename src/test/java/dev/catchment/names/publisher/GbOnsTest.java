package dev.catchment.names.publisher;

import static dev.catchment.names.Published.FORMATS;
import static dev.catchment.names.Published.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.Published;
import dev.catchment.names.XlsWriter.Page;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.nio.file.Path;
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
        NamesFile file = new Published(folder).xls("1996girlsnames.xls", CONTENTS, TOP_100, OF_1996);
        assertThat(FORMATS.recognise(file))
                .containsExactly(new Publication("gb_ons", "gb-ons", null, null, 1996, Gender.F));
        var reading = read(file);
        assertThat(reading.figures()).containsExactly("1996 F SOPHIE 7087", "1996 F TRUE 6000", "1996 F NAN 5000");
        assertThat(reading.entries()).first().extracting("position").isEqualTo("Table 3 - Girls names - E&W row 7");
        assertThat(reading.passed(FileEntry.Passed.NO_COUNT)).isEqualTo(3);
        assertThat(reading.entries()).hasSize(6);
    }

    @Test
    void footnote_digits_glued_to_title_and_header_are_no_part_of_them() throws IOException {
        NamesFile file = new Published(folder).xlsx("2019boysnames.xlsx", new Page("Table 6", """
                Contents

                Table 6: Top names for baby boys1,2, 2019
                England and Wales

                Rank | Name | Count3
                1 | OLIVER | 4932
                1 These rankings have been produced using the exact spelling.
                """));
        assertThat(read(file).figures()).containsExactly("2019 M OLIVER 4932");
    }

    @Test
    void a_name_that_became_a_truth_value_is_written_as_its_neighbours_are() throws IOException {
        NamesFile file = new Published(folder).xlsx("girlsnames2023.xlsx", new Page("Table_6", """
                Top names for baby girls, England and Wales, 2023
                This worksheet contains one table
                [note 1][note 3]
                Rank | Name | Count
                1 | Olivia | 2906
                3560 | TRUE | 5
                """));
        assertThat(read(file).figures()).containsExactly("2023 F Olivia 2906", "2023 F True 5");
    }

    @Test
    void a_row_that_is_no_figure_is_said_to_be_none() throws IOException {
        NamesFile file = new Published(folder).xlsx("6.xlsx", new Page("6", """
                Worksheet 6: Top names for baby boys, England and Wales, 2021 [note 1] [note 3]
                Rank | Name | Count
                All ranks | All names | 11785
                1 | Noah | 4525.5
                2 || 4000
                3 | Jack |
                """));
        assertThat(read(file).entries())
                .contains(FileEntry.Passed.NO_COUNT)
                .filteredOn(FileEntry.Unusable.class::isInstance)
                .extracting("position", "reason", "record")
                .containsExactly(
                        tuple("6 row 4", "bad-count", "1,Noah,4525.5"),
                        tuple("6 row 5", "bad-name", "2,,4000"),
                        tuple("6 row 6", "bad-count", "3,Jack"));
    }

    @Test
    void a_file_whose_name_or_bringer_contradicts_its_title_is_refused() throws IOException {
        assertRefused(
                refused("1997girlsnames.xls", Hints.NONE),
                "Table 3 - Girls names - E&W says 1996",
                "the file's name says 1997");
        assertRefused(refused("boysnames.xls", Hints.NONE), "the title says F", "the file's name says M");
        Page misnamed = new Page("Boys", OF_1996.rows());
        assertRefused(new Published(folder).xls("a.xls", misnamed), "the name of its sheet says M");
        assertRefused(refused("b.xlsx", new Hints("gb-nrs", null, null)), "given as gb-nrs", "that of gb-ons");
        assertRefused(
                refused("b.xlsx", new Hints(null, 2001, null)),
                "--year says 2001",
                "England and Wales, 1996 1\" of sheet Table 3 - Girls names - E&W says 1996");
        assertRefused(refused("b.xlsx", new Hints(null, null, Gender.M)), "--gender says M", "the title says F");
    }

    @Test
    void a_footnote_mark_may_stand_right_behind_the_year() throws IOException {
        Page glued = new Page("Table 6", OF_1996.rows().replace("1996 1", "19991"));
        NamesFile file = new Published(folder).xls("1999girlsnames.xls", CONTENTS, TOP_100, glued);
        assertThat(FORMATS.recognise(file))
                .containsExactly(new Publication("gb_ons", "gb-ons", null, null, 1999, Gender.F));
        assertThat(read(file).figures()).contains("1999 F SOPHIE 7087");
        assertRefused(new Published(folder).xls("2000girls.xls", glued), "Wales, 19991\" of sheet Table 6 says 1999");
    }

    @Test
    void a_title_without_a_year_leaves_it_to_the_file_name_or_whoever_brings_it() throws IOException {
        Page silent = new Page("Table 6", OF_1996.rows().replace(", 1996 1", ""));
        assertThat(read(new Published(folder).xls("1996girls.xls", silent)).figures())
                .contains("1996 F SOPHIE 7087");
        assertRefused(new Published(folder).xls("girls.xls", silent), "--year");
    }

    @Test
    void whoever_brings_it_decides_where_it_says_two_years_and_by_force_against_all() throws IOException {
        Hints years = new Hints(null, 1997, null);
        assertThat(read(refused("1997girlsnames.xls", years)).figures()).contains("1997 F SOPHIE 7087");
        Hints forced = new Hints(null, 2001, Gender.M, true);
        assertThat(read(refused("b.xls", forced)).figures()).contains("2001 M SOPHIE 7087");
    }

    @Test
    void a_workbook_that_is_not_recognised_is_told_by_its_table_of_names() throws IOException {
        Page other = new Page("Table 6", "Forenames of babies in Erewhon, 1999\nRank | Name | Count\n1 | ADA | 7");
        assertRefused(
                new Published(folder).xls("d.xls", CONTENTS, TOP_100, other),
                "sheet Table 6,Forenames of babies in Erewhon, 1999");
    }

    private NamesFile refused(String name, Hints hints) throws IOException {
        return new Published(folder).xlsx(name, hints, OF_1996);
    }

    @Test
    void a_file_name_may_hold_other_digits_and_the_right_year() throws IOException {
        NamesFile file = new Published(folder).xls("1996girlsbyarea_tcm77-413741_20160308.xls", OF_1996);
        assertThat(FORMATS.recognise(file)).hasSize(1);
    }

    @Test
    void the_historical_workbook_is_refused_as_ranks_only() throws IOException {
        NamesFile file = new Published(folder).xlsx("historicalnames2024.xlsx", new Page("Table_1", """
                Table 1: Top 100 names for baby girls at 10-yearly intervals, 1904 to 2024
                Rank | 1904 | 1914
                1 | Mary | Mary
                """));
        assertRefused(file, "ranks only");
    }

    @Test
    void two_tables_of_all_names_are_refused_and_another_workbook_is_not_recognised() throws IOException {
        assertRefused(new Published(folder).xls("c.xls", OF_1996, new Page("Again", OF_1996.rows())), "has 2 tables");
        assertRefused(new Published(folder).xls("d.xls", CONTENTS, TOP_100), "No known publisher");
    }

    private static void assertRefused(NamesFile file, String... words) {
        assertThatThrownBy(() -> FORMATS.recognise(file))
                .isInstanceOf(PermanentFailure.class)
                .message()
                .contains(words);
    }
}
