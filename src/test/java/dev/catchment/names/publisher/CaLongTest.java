package dev.catchment.names.publisher;

import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provinces that write a row for each figure. */
class CaLongTest {
    private static final String TITLE =
            "\uFEFFOntario Top Baby Names (Female) / Noms de nouveau-né les plus répandus en" + " Ontario (Femme) ,,\n";
    private static final String HEADING = "Year/Année,Name/Nom,Frequency/Fréquence\n";
    private static final String ROWS =
            "1917,MARY,1025\n1917,LE ROY,6\n1917,UN-NAMED,9\n2018,MÉLANIE                ,6\n";
    private static final String NEW_BRUNSWICK =
            "\uFEFFYear / Année,Sex / Sexe,Name / Nom,Count / Total\n1980,M,MICHAEL,169\n2018,F,CHLOÉ,17\n";

    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    @Test
    void reads_ontario_with_and_without_its_title() throws IOException {
        var titled = read(published.text("ontario.csv", TITLE + HEADING + ROWS));
        assertThat(titled.publication()).isEqualTo(new Publication("ca_on", "ca-on", null, null, null, Gender.F));
        assertThat(titled.figures())
                .containsExactly("1917 F MARY 1025", "1917 F LE ROY 6", "1917 F UN-NAMED 9", "2018 F MÉLANIE 6");
        assertThat(read(published.text("names_female.csv", HEADING + ROWS)).figures())
                .isEqualTo(titled.figures());
        assertThat(read(published.text("ontario_female_english.csv", "Year,Name,Frequency\n" + ROWS))
                        .figures())
                .isEqualTo(titled.figures());
    }

    @Test
    void asks_for_the_gender_of_ontario_where_nobody_says_it() throws IOException {
        assertThat(refusal(() -> published.text("ontario.csv", HEADING + ROWS))).contains("--gender");
        assertThat(read(published.text("ontario.csv", HEADING + ROWS, new Hints(null, null, Gender.F)))
                        .publication()
                        .gender())
                .isEqualTo(Gender.F);
    }

    @Test
    void refuses_ontario_under_the_other_gender() {
        assertThat(refusal(() -> published.text("ontario_male.csv", TITLE + HEADING + ROWS)))
                .contains("the title says F", "the file's name says M");
        assertThat(refusal(() -> published.text("ontario_male.csv", HEADING + ROWS)))
                .contains("the file's name says M", "a look at the names in it says F");
    }

    @Test
    void takes_no_births_without_a_name() throws IOException {
        assertThat(read(published.text("o.csv", TITLE + HEADING + ROWS + "2019,,8\n"))
                        .unusable())
                .containsExactly("bad-name: o.csv line 7");
    }

    @Test
    void reads_alberta_and_its_blanks() throws IOException {
        var reading = read(published.text(
                "alberta-baby-names-frequency_2021.csv",
                "Rank,Name,Frequency,Gender,Year\n1,Noah ,274,Boy,2021\n9,Félix,1,Boy,2021\n"
                        + "9,Joseph.Tristan.Bugnet,1,Boy,2021\n1,Olivia\u00a0,210,Girl,2022\n"));
        assertThat(reading.figures())
                .containsExactly(
                        "2021 M Noah 274", "2021 M Félix 1", "2021 M Joseph.Tristan.Bugnet 1", "2022 F Olivia 210");
        assertThat(read(published.text("alberta.csv", "First Name,Frequency,Gender,Year\nNoah ,274,Boy,2021\n"))
                        .figures())
                .containsExactly("2021 M Noah 274");
    }

    @Test
    void refuses_albertas_copy_with_one_heading_too_few() {
        assertThat(refusal(() ->
                        published.text("alberta.csv", "First Name,Frequency,Gender,Year\n1,Noah ,274,Boy,2021\n")))
                .contains("4 columns");
    }

    @Test
    void reads_new_brunswick_and_nova_scotia() throws IOException {
        assertThat(read(published.text("NB_Top_20.csv", NEW_BRUNSWICK)).figures())
                .containsExactly("1980 M MICHAEL 169", "2018 F CHLOÉ 17");
        var other = read(published.text("x.csv", "YEAR,SEX,FIRST NAME,COUNT\n1920,F,MARY,639\n2022,M,OLIVER,59\n"));
        assertThat(other.publication().source()).isEqualTo("ca-ns");
        assertThat(other.figures()).containsExactly("1920 F MARY 639", "2022 M OLIVER 59");
    }

    @Test
    void refuses_new_brunswick_under_the_name_of_nova_scotia() {
        String bare = NEW_BRUNSWICK.substring(1);
        assertThat(refusal(() -> published.text("NS_Top_Twenty.csv", bare))).contains("New Brunswick's");
        assertThat(refusal(() -> published.text("x.csv", bare, new Hints("ca-ns", null, null))))
                .contains("given as ca-ns", "--source ca-nb");
    }

    @Test
    void refuses_newfoundlands_ranks() {
        assertThat(refusal(() -> published.text("Top100.csv", "BoysName,Rank,GirlsName\nNATHAN,1,EMMA\n")))
                .contains("ranks");
    }
}
