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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GbNrsTest {
    private static final String BOYS = """
            "Full list of first forenames given to boys, Scotland, 2020 (final) in rank order",,,,,,
            ,,,,,,
            "NB: * indicates that, sadly, a baby who was given that first forename has since died.",,,,,,
            ,,,,,,
            Rank1,Boys' names,Number of babies,NB,,,
            ,,,,,,
            ,,,,,,
            1,Jack,354,*,,,
            4=,Leo,274,,,*,
            4=,Aodh-Mac,1,,,,
            ,,,,,,
            Footnote,,,,,,
            "1) The equals sign indicates, that more than one name has this rank.",,,,,,
            © Crown Copyright 2021,,,,,,
            """.replace("\n", "\r\n");

    private static final String GIRLS =
            BOYS.replace("boys", "girls").replace("Boys", "Girls").replace("Jack,354", "Isla,347");

    @TempDir
    Path folder;

    @Test
    void reads_all_years_under_the_old_and_the_new_heading() throws IOException {
        var old = read(new Published(folder)
                .text(
                        "babies-first-names-all-names-all-years.csv",
                        "yr,sex,FirstForename,number,rank,position\r\n1974,B,David,1794,1,    1\r\n"
                                + "2020,G,Faith,42,100,  100=\r\n"));
        assertThat(old.figures()).containsExactly("1974 M David 1794", "2020 F Faith 42");
        var recent = read(new Published(folder)
                .text("scotland.csv", "\uFEFFYear,Sex,Name,Number\r\n1974,Boys,David,1794\r\n2025,Girls,Isla,1\r\n"));
        assertThat(recent.figures()).containsExactly("1974 M David 1794", "2025 F Isla 1");
        assertThat(recent.publication()).isEqualTo(new Publication("gb_nrs", "gb-nrs", null, null, null, null));
    }

    @Test
    void reads_one_year_between_its_remarks_and_footnotes_and_never_the_mark_of_the_dead() throws IOException {
        var reading = read(new Published(folder).western("babies-first-names-20-full-list_Boys.csv", BOYS));
        assertThat(reading.publication()).isEqualTo(new Publication("gb_nrs", "gb-nrs", null, null, 2020, Gender.M));
        assertThat(reading.figures()).containsExactly("2020 M Jack 354", "2020 M Leo 274", "2020 M Aodh-Mac 1");
        assertThat(reading.unusable()).isEmpty();
        assertThat(reading.passed(FileEntry.Passed.NO_COUNT)).isEqualTo(3);
        assertThat(reading.entries().toString()).doesNotContain("*");
    }

    @Test
    void reads_the_zip_of_both_genders_as_one_publication() throws IOException {
        var reading = read(new Published(folder).zip("list.zip", "list_Boys.csv", BOYS, "list_Girls.csv", GIRLS));
        assertThat(reading.publications()).containsExactly(new Publication("gb_nrs", "gb-nrs", null, null, 2020, null));
        assertThat(reading.figures()).hasSize(6).contains("2020 M Jack 354", "2020 F Isla 347");
    }

    @Test
    void refuses_a_list_whose_title_heading_name_or_bearer_contradict_each_other() {
        var published = new Published(folder);
        assertThat(refusal(() -> published.text("list_Girls.csv", BOYS)))
                .contains("the title says M", "the file's name says F");
        assertThat(refusal(() -> published.text("list.csv", BOYS.replace("Boys'", "Girls'"))))
                .contains("the heading says F");
        assertThat(refusal(() -> published.text("list.csv", BOYS, new Hints(null, 2019, null))))
                .contains("--year says 2019", "says 2020");
        assertThat(refusal(() -> published.text("list.csv", BOYS, new Hints(null, null, Gender.F))))
                .contains("--gender says F");
        assertThat(refusal(() -> published.zip("list.zip", "a_Boys.csv", BOYS, "b.csv", GIRLS.replace("2020", "2019"))))
                .contains("2019", "2020");
    }
}
