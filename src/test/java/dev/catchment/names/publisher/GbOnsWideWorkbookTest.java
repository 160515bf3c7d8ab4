package dev.catchment.names.publisher;

import static dev.catchment.names.Published.FORMATS;
import static dev.catchment.names.Published.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.Published;
import dev.catchment.names.XlsWriter.Page;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Written from descriptions of the file; the file itself was not to be had. */
class GbOnsWideWorkbookTest {
    private static final Page GIRLS = new Page("Table_1", """
            Table 1: Names for baby girls, England and Wales, 1996 to 2024
            This worksheet contains one table
            Name | 2024 Rank | 2024 Count | 2023 Rank | 2023 Count
            Olivia | 2 | 2906 | 1 | 2950
            Zuza | [x] | [x] | 5687 | 3
            TRUE | 4000 | 4 | : | :
            Abbey || | 10 | 99
            """);
    private static final Page BOYS =
            new Page("Table_2", GIRLS.rows().replace("girls", "boys").replace("Olivia", "Noah"));

    @TempDir
    private Path folder;

    @Test
    void each_year_reads_its_own_column_of_counts() throws IOException {
        NamesFile file = new Published(folder).xlsx("babynames1996to2024.xlsx", GIRLS, BOYS);
        assertThat(FORMATS.recognise(file))
                .containsExactly(new Publication("gb_ons_wide", "gb-ons", null, null, null, null));
        var reading = read(file);
        assertThat(reading.figures())
                .startsWith(
                        "2024 F Olivia 2906", "2023 F Olivia 2950", "2023 F Zuza 3", "2024 F True 4", "2023 F Abbey 99")
                .contains("2024 M Noah 2906", "2023 M Noah 2950")
                .hasSize(10);
        assertThat(reading.passed(FileEntry.Passed.SUPPRESSED)).isEqualTo(4);
        assertThat(reading.passed(FileEntry.Passed.NONE)).isEqualTo(2);
    }

    @Test
    void the_title_tells_the_sex_and_not_the_order_of_the_sheets() throws IOException {
        NamesFile file = new Published(folder).xlsx("a.xlsx", new Page("1", BOYS.rows()), new Page("2", GIRLS.rows()));
        assertThat(read(file).figures()).contains("2024 M Noah 2906", "2024 F Olivia 2906");
    }

    @Test
    void a_workbook_that_says_nothing_of_the_sex_or_the_same_twice_is_refused() throws IOException {
        Page silent = new Page("3", GIRLS.rows().replace("baby girls", "babies"));
        assertRefused(new Published(folder).xlsx("b.xlsx", silent), "girls or boys");
        assertRefused(new Published(folder).xlsx("c.xlsx", GIRLS, new Page("Table_2", GIRLS.rows())), "same sex");
    }

    @Test
    void a_year_counted_twice_is_refused() throws IOException {
        Page twice = new Page("1", GIRLS.rows().replace("2023 Count", "2024 Count"));
        assertRefused(new Published(folder).xlsx("d.xlsx", twice), "two columns of counts");
    }

    private static void assertRefused(NamesFile file, String words) {
        assertThatThrownBy(() -> FORMATS.recognise(file))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(words);
    }
}
