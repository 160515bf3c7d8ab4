package dev.catchment.names.format;

import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publishers that write a column for each year. */
class WideTextTest {
    private static final String COLUMBIA =
            "Name,1922,1923,2021,Total\r\nMARY,210,0,\"1,210\",\"1,420\"\r\nANDRÉA,0,5,,5\r\n";
    private static final String QUEBEC =
            "Prénom/Année,Total,1980,1981,2024\nANDRÉ,6,5,0,1\nTRUE,4,0,< 5,4\n" + "WILLIAM,9,3,3,3\nSomme:,19,8,3,8\n";

    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    @Test
    void reads_british_columbia_without_zeros_and_sums() throws IOException {
        NamesFile file = published.western("bc-popular-girls-names.csv", COLUMBIA);
        assertThat(file.texts().get(0).charset()).isEqualTo("windows-1252");
        var reading = read(file);
        assertThat(reading.publication()).isEqualTo(new Publication("ca_bc", "ca-bc", null, null, null, Gender.F));
        assertThat(reading.figures()).containsExactly("1922 F MARY 210", "2021 F MARY 1210", "1923 F ANDRÉA 5");
        assertThat(reading.passed(FileEntry.Passed.NONE)).isEqualTo(3);
        assertThat(reading.passed(FileEntry.Passed.NO_COUNT)).isEqualTo(2);
    }

    @Test
    void asks_for_the_gender_and_heeds_the_names() throws IOException {
        assertThat(refusal(() -> published.text("bc.csv", COLUMBIA))).contains("--gender");
        assertThat(refusal(() -> published.text("bc-boys.csv", COLUMBIA))).contains("a look at the names in it says F");
        assertThat(read(published.text("bc-boys.csv", COLUMBIA, new Hints(null, null, Gender.F)))
                        .publication()
                        .gender())
                .isEqualTo(Gender.F);
    }

    @Test
    void tells_a_row_of_another_width_and_a_cell_that_is_no_count() throws IOException {
        var reading = read(published.text("girls.csv", COLUMBIA + "ANNE,1,2\r\nEVE,x1,-4,2.5,9\r\n"));
        assertThat(reading.unusable())
                .containsExactly(
                        "bad-fields: girls.csv line 4",
                        "bad-count: girls.csv line 5",
                        "bad-count: girls.csv line 5",
                        "bad-count: girls.csv line 5");
    }

    @Test
    void leaves_a_repeated_heading() throws IOException {
        var reading = read(published.text("girls.csv", COLUMBIA + COLUMBIA));
        assertThat(reading.figures()).hasSize(6);
        assertThat(reading.unusable()).isEmpty();
    }

    @Test
    void takes_the_ons_for_itself_without_a_colon_if_it_is_brought_as_such() throws IOException {
        String full = "Name,2015,1996\nJACK,5371,10779\n";
        assertThat(refusal(() -> published.text("boys.csv", full))).contains("No known publisher");
        assertThat(read(published.text("boys.csv", full, new Hints("gb-ons", null, null)))
                        .figures())
                .containsExactly("2015 M JACK 5371", "1996 M JACK 10779");
    }

    @Test
    void refuses_a_year_for_a_table_of_many() {
        assertThat(refusal(() -> published.text("girls.csv", COLUMBIA, new Hints(null, 2021, null))))
                .contains("--year says 2021", "girls.csv line 2 says 1922");
    }

    @Test
    void reads_quebec_with_and_without_its_remarks() throws IOException {
        var bare = read(published.western("gars1980-2024.csv", QUEBEC));
        assertThat(bare.publication()).isEqualTo(new Publication("ca_qc", "ca-qc", null, null, null, Gender.M));
        assertThat(bare.figures())
                .containsExactly(
                        "1980 M ANDRÉ 5",
                        "2024 M ANDRÉ 1",
                        "2024 M TRUE 4",
                        "1980 M WILLIAM 3",
                        "1981 M WILLIAM 3",
                        "2024 M WILLIAM 3");
        assertThat(bare.passed(FileEntry.Passed.SUPPRESSED)).isEqualTo(1);
        assertThat(bare.passed(FileEntry.Passed.NO_COUNT)).isEqualTo(4);
        String remarks = "Retraite Québec\nBanque de prénoms\n\n\"Prénoms masculins, de 1980 à 2024\"\n\n";
        assertThat(read(published.western("gars1980-2024.csv", remarks + QUEBEC))
                        .figures())
                .isEqualTo(bare.figures());
    }

    @Test
    void reads_the_ons_with_carriage_returns_alone_and_takes_no_colon_for_a_number() throws IOException {
        var reading = read(published.text(
                "british_boys.csv", "Name,2015,2014,1996\rJACK ,5371,5804,10779\rAABAN ,9,:,:\rA.J. ,:,3,:\r"));
        assertThat(reading.publication())
                .isEqualTo(new Publication("gb_ons_wide_text", "gb-ons", null, null, null, Gender.M));
        assertThat(reading.figures())
                .containsExactly(
                        "2015 M JACK 5371", "2014 M JACK 5804", "1996 M JACK 10779", "2015 M AABAN 9", "2014 M A.J. 3");
        assertThat(reading.passed(FileEntry.Passed.SUPPRESSED)).isEqualTo(4);
    }

    @Test
    void reads_the_ons_with_a_rank_beside_each_count() throws IOException {
        var reading = read(published.text(
                "girls.csv",
                "Name,2024 Rank,2024 Count,1996 Rank,1996 Count\nOLIVIA,1,2761,50,1031\nZIA,[x],[x],9,3\n"));
        assertThat(reading.publication().format()).isEqualTo("gb_ons_wide_text");
        assertThat(reading.figures()).containsExactly("2024 F OLIVIA 2761", "1996 F OLIVIA 1031", "1996 F ZIA 3");
        assertThat(reading.passed(FileEntry.Passed.SUPPRESSED)).isEqualTo(1);
    }
}
