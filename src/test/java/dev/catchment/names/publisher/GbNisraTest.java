package dev.catchment.names.publisher;

import static dev.catchment.names.Published.FORMATS;
import static dev.catchment.names.Published.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GbNisraTest {
    private static final String TITLE =
            "Full List of First Forenames Given to Baby Boys Registered in Northern Ireland, 1997-1998\n";
    private static final String NAMES = """
            Matthew | 410 | 1 | Jack | 429 | 1
            Ryan | 381 | 2 | TRUE | 4 | 300
            Aaban | .. | .. | Ciar\u00a0-Louise | - | -
            | | | Zoltan | .. |
            """;
    private static final Page OF_2020 = new Page("Table 1", TITLE + """
            This worksheet contains 2 tables
            1997 Name | Number of Babies | Rank | 1998 Name | Number of Babies | Rank
            """ + NAMES);
    private static final Page OF_2018 = new Page("Table 1", TITLE + """
            1997 ||| 1998
            Name | Number of Babies | Rank | Name | Number of Babies | Rank
            """ + NAMES);
    private static final Page RANKS = new Page("Table 3", """
            Rank of First Forenames Given to Baby Boys Registered in Northern Ireland, 1997-1998
            Name/Year | 1997 | 1998
            Aaban | 5 | -
            """);

    @TempDir
    private Path folder;

    @Test
    void each_year_reads_its_own_columns_in_both_headers_and_ranks_are_no_counts() throws IOException {
        for (Page boys : List.of(OF_2020, OF_2018)) {
            Page girls =
                    new Page("Table 2", boys.rows().replace("Boys", "Girls").replace("Matthew", "Chloe"));
            NamesFile file = new Published(folder).xlsx("Full_Name_List_9798.xlsx", boys, girls, RANKS);
            assertThat(FORMATS.recognise(file))
                    .containsExactly(new Publication("gb_nisra", "gb-nisra", null, null, null, null));
            var reading = read(file);
            assertThat(reading.figures())
                    .startsWith("1997 M Matthew 410", "1998 M Jack 429", "1997 M Ryan 381", "1998 M True 4")
                    .contains("1997 F Chloe 410", "1998 F Jack 429")
                    .hasSize(8);
            assertThat(reading.passed(FileEntry.Passed.SUPPRESSED)).isEqualTo(4);
            assertThat(reading.passed(FileEntry.Passed.NONE)).isEqualTo(2);
        }
    }

    @Test
    void a_year_or_gender_that_its_figures_contradict_is_refused() throws IOException {
        Page girls = new Page("Table 2", OF_2020.rows().replace("Boys", "Girls"));
        Published published = new Published(folder);
        assertRefused(published.xlsx("d.xlsx", new Hints(null, 1998, null), OF_2020, girls), "Table 1 row 4 says 1997");
        assertRefused(
                published.xlsx("e.xlsx", new Hints(null, null, Gender.M), OF_2020, girls), "Table 2 row 4 says F");
        NamesFile boys = published.xlsx("f.xlsx", new Hints(null, null, Gender.M), OF_2020);
        assertThat(read(boys).publication().gender()).isEqualTo(Gender.M);
    }

    @Test
    void a_workbook_of_ranks_alone_is_refused() throws IOException {
        assertRefused(new Published(folder).xlsx("a.xlsx", RANKS), "only ranks");
    }

    @Test
    void a_block_without_a_year_or_a_year_twice_is_refused() throws IOException {
        Page unnamed = new Page("Table 1", OF_2020.rows().replace("1998 Name", "Name"));
        Page twice = new Page("Table 1", OF_2020.rows().replace("1998 Name", "1997 Name"));
        assertRefused(new Published(folder).xlsx("b.xlsx", unnamed), "No year stands above column 4");
        assertRefused(new Published(folder).xlsx("c.xlsx", twice), "two blocks");
    }

    private static void assertRefused(NamesFile file, String words) {
        assertThatThrownBy(() -> FORMATS.recognise(file))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(words);
    }
}
