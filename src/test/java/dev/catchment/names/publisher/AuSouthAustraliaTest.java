package dev.catchment.names.publisher;

import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuSouthAustraliaTest {
    private static final String BOYS = "Given Name,Amount,Position\r\n\"JOHN\",\"477\",\"1\"\r\n"
            + "\"JOHN\",\"2\",\"=192\"\r\n\"UNNAMED\",\"1\",\"=239\"\r\n\"(NOT\",\"1\",\"=239\"";
    private static final String GIRLS =
            "First Name,Amount,Position\n\"CHARLOTTE\",\"108\",\"1\"\n\"ZYRA\",\"1\",\"=974\"\n";

    private static final Hints SA = new Hints("au-sa", null, null);

    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    @Test
    void keeps_the_same_name_twice_and_placeholders_as_they_stand() throws IOException {
        var reading = read(published.text("male_cy1944_top.csv", BOYS));
        assertThat(reading.publication()).isEqualTo(new Publication("au_sa", "au-sa", null, null, 1944, Gender.M));
        assertThat(reading.figures())
                .containsExactly("1944 M JOHN 477", "1944 M JOHN 2", "1944 M UNNAMED 1", "1944 M (NOT 1");
    }

    @Test
    void reads_the_dialect_of_2016_with_its_blank_rows_and_total() throws IOException {
        var reading = read(published.western(
                "femalecy2016top.csv",
                "Given Name,Number,Position\r\nCHARLOTTE,139,1\r\nCHLOÉ,12,2\r\n,,\r\n,,\r\nTOTAL,,9030\r\n"));
        assertThat(reading.publication()).isEqualTo(new Publication("au_sa", "au-sa", null, null, 2016, Gender.F));
        assertThat(reading.figures()).containsExactly("2016 F CHARLOTTE 139", "2016 F CHLOÉ 12");
        assertThat(reading.passed(FileEntry.Passed.NO_COUNT)).isEqualTo(1);
    }

    @Test
    void reads_broken_quotes_and_odd_letters_each_in_its_line() throws IOException {
        var reading = read(published.text(
                "malecy2016top.csv",
                "Given Name,Number,Position\r\nOLIVER,190,1\r\n\"\"BABY\"\",3,4\r\n\"EDWARD,\",1,787\r\n"
                        + "\"RING,DENG\",1,787\r\nNICH0LE,1,787\r\n?LIAM,1,787\r\nJET;AIME,1,787\r\n"));
        assertThat(reading.figures())
                .containsExactly(
                        "2016 M OLIVER 190",
                        "2016 M BABY 3",
                        "2016 M EDWARD, 1",
                        "2016 M RING,DENG 1",
                        "2016 M NICH0LE 1",
                        "2016 M ?LIAM 1",
                        "2016 M JET;AIME 1");
    }

    @Test
    void makes_a_record_over_two_lines_one_that_is_no_figure() throws IOException {
        var reading = read(published.text(
                "malecy2016top.csv", "Given Name,Number,Position\nOLIVER,190,1\n\"JACK,129,2\nNOAH\",96,6\nLEO,9,7\n"));
        assertThat(reading.unusable()).containsExactly("bad-fields: malecy2016top.csv line 3");
        assertThat(reading.figures()).containsExactly("2016 M OLIVER 190", "2016 M LEO 9");
    }

    @Test
    void reads_a_zip_as_one_publication_with_year_and_gender_of_each_name() throws IOException {
        var reading = read(published.zip(
                "1944-2013.zip", "names/male_cy1944_top.csv", BOYS, "names/topnames_female_cy2013.csv", GIRLS));
        assertThat(reading.publications()).containsExactly(new Publication("au_sa", "au-sa", null, null, null, null));
        assertThat(reading.figures()).hasSize(6).contains("1944 M JOHN 477", "2013 F CHARLOTTE 108");
    }

    @Test
    void takes_a_gender_from_a_name_with_other_words_around_it() throws IOException {
        assertThat(read(published.text("cusersjacksm01desktopfemalecy2017top.csv", GIRLS))
                        .publication())
                .isEqualTo(new Publication("au_sa", "au-sa", null, null, 2017, Gender.F));
    }

    @Test
    void refuses_a_file_whose_names_are_of_the_other_gender_than_its_name() throws IOException {
        String swapped = "cusersjacksm01desktopmalecy2017top.csv";
        assertThat(refusal(() -> published.text(swapped, GIRLS)))
                .contains("the file's name says M", "a look at the names in it says F", "--gender");
        assertThat(refusal(() -> published.zip("sa.zip", swapped, GIRLS, "male_cy1944_top.csv", BOYS)))
                .contains(swapped + " says M", "a look at the names in it says F");
        assertThat(refusal(() -> published.text(swapped, GIRLS, new Hints(null, null, Gender.M))))
                .contains("a look at the names in it says F");
        assertThat(read(published.text(swapped, GIRLS, new Hints(null, null, Gender.F)))
                        .figures())
                .containsExactly("2017 F CHARLOTTE 108", "2017 F ZYRA 1");
    }

    @Test
    void asks_for_what_no_name_says() {
        assertThat(refusal(() -> published.text("male_top.csv", BOYS, SA))).contains("--year");
        assertThat(refusal(() -> published.text("cy1944_top.csv", BOYS, SA))).contains("--gender");
        assertThat(refusal(() -> published.zip("sa.zip", "a.csv", BOYS, "male_cy1944.csv", BOYS)))
                .contains("a.csv");
    }
}
