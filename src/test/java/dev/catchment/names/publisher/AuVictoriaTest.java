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
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuVictoriaTest {
    private static final Hints VIC = new Hints("au-vic", null, null);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            Top 100 Baby Names 2008.xlsx; 2008; Top 100 Baby Names - 2008 / Male |||| Female / Position | Name | Count || Position | Name | Count / 1 | William | 574 || 1 | Mia | 489; 2008
            Top-100-2019.xlsx; 2019; Rank | Name - Male | Count | Rank | Name - Female | Count | Rank / 1 | William | 574 | 1 | Mia | 489 | 1; 2019
            Victoria-2020.xlsx; Top_100_Male_Baby_Na_1609713112; | Male ||| Female / Rank | Given Name | Count | Rank | Given Name | Count / 1 | William | 574 | 1 | Mia | 489; 2020
            Victoria-2021.xlsx; Sheet1; | Male || Female / Rank | Given Name | Count | Given Name | Count / 1 | William | 574 | Mia | 489; 2021
            names.xlsx; Names; || Male || Female / Year | Rank | Given Name | Count | Given Name | Count / '2023 | 1 | William | 574 | Mia | 489; 2023
            2024.xlsx; Names; Rank | Name - Male | Count | Rank | Name - Female | Count / 1 | William | 574 | 1 | Mia | 489 / 101 | Max | 66; 2024
            """)
    void every_layout_is_read(String file, String sheet, String rows, int year) throws IOException {
        NamesFile names = new Published(folder).xlsx(file, VIC, new Page(sheet, rows.replace(" / ", "\n")));
        assertThat(FORMATS.recognise(names))
                .containsExactly(new Publication("au_vic", "au-vic", null, null, year, null));
        assertThat(read(names).figures())
                .contains(year + " M William 574", year + " F Mia 489")
                .hasSize(year == 2024 ? 3 : 2);
    }

    @Test
    void the_year_is_never_guessed() throws IOException {
        String rows = "Rank | Name - Male | Count | Rank | Name - Female | Count\n1 | William | 574 | 1 | Mia | 489";
        assertRefused(new Published(folder).xlsx("names.xlsx", VIC, new Page("Names", rows)), "--year");
        assertRefused(new Published(folder).xlsx("2019.xlsx", VIC, new Page("2020", rows)), "says 2019");
        Hints hint = new Hints("au-vic", 2019, null);
        NamesFile said = new Published(folder).xlsx("names.xlsx", hint, new Page("Names", rows));
        assertThat(FORMATS.recognise(said).get(0).year()).isEqualTo(2019);
    }

    @Test
    void a_title_of_the_year_before_is_overruled_by_whoever_brings_the_file() throws IOException {
        Page page = new Page(
                "Names",
                "Top 100 Baby Names - 2018\n" + "Rank | Name - Male | Count | Rank | Name - Female | Count\n"
                        + "1 | Oliver | 537 | 1 | Olivia | 419");
        assertRefused(
                new Published(folder).xlsx("Top-100-Baby-names-Victoria-2019.xlsx", page),
                "the file's name says 2019, the title says 2018",
                "--year");
        for (String name : new String[] {"Top-100-Baby-names-2019.xlsx", "names.xlsx"}) {
            NamesFile said = new Published(folder).xlsx(name, new Hints(null, 2019, null), page);
            assertThat(read(said).figures()).containsExactly("2019 M Oliver 537", "2019 F Olivia 419");
        }
    }

    @Test
    void another_publishers_halves_are_not_taken_for_victorias() throws IOException {
        String rows = "Rank | Name - Male | Count | Rank | Name - Female | Count\n1 | Abe | 5 | 1 | Victoria | 4";
        assertRefused(
                new Published(folder).xlsx("2019.xlsx", new Page("Names", rows)), "--source", "au-vic among them");
    }

    @Test
    void a_row_of_another_year_is_no_figure() throws IOException {
        String head = "|| Male || Female\nYear | Rank | Given Name | Count | Given Name | Count\n";
        String rows = "'2023 | 1 | William | 574 | Mia | 489\n".repeat(50) + "'2022 | 2 | Noah | 461 | Ava | 319";
        NamesFile file = new Published(folder).xlsx("names.xlsx", VIC, new Page("Names", head + rows));
        assertThat(read(file).entries())
                .filteredOn(FileEntry.Unusable.class::isInstance)
                .extracting("reason", "record")
                .containsExactly(
                        tuple("bad-year", "2022,2,Noah,461,Ava,319"), tuple("bad-year", "2022,2,Noah,461,Ava,319"));
    }

    @Test
    void two_tables_side_by_side_that_are_not_of_boys_and_girls_are_another_publishers() throws IOException {
        String rows =
                "Places 1 to 50 |||| Places 51 to 100\nRank | Name | Count || Rank | Name | Count\n1 | A | 5 || 2 | B | 4";
        assertRefused(new Published(folder).xlsx("2020.xlsx", new Page("1", rows)), "No known publisher");
    }

    private static void assertRefused(NamesFile file, String... words) {
        assertThatThrownBy(() -> FORMATS.recognise(file))
                .isInstanceOf(PermanentFailure.class)
                .message()
                .contains(words);
    }
}
