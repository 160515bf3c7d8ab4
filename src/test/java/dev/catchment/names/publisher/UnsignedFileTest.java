package dev.catchment.names.publisher;

import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.figure.Hints;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that several publishers could have written: whose it is, whoever brings it says, or its content. */
class UnsignedFileTest {
    private static final String QUEENSLAND = "name,sex,year,count\nKAREN,Female,1960,%d\nPETER,Male,1960,%d\n";

    @TempDir
    private Path folder;

    /** Of Western Australia, New South Wales, and of publishers nobody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,sex,year,count/ADA,F,1999,7",
                "name,number,sex,year/ADA,7,F,1999",
                "Year;Gender;Forename;Births/1999;F;ADA;7",
                "year,sex,name,n/1999,F,ADA,7",
                ",Rank,Given Name,Amount,Sex,Year/1,1,ADA,7,F,1999",
                "Rank,Name,Number,Gender,Year/1,ADA,7,F,1999",
                "YEAR,SEX,FIRST NAME,COUNT/1999,F,ADA,7",
                "Rank,Name,Frequency,Gender,Year/1,ADA,7,Girl,1999",
                "Baby names of Erewhon,,,/Year,Sex,Name,Number/1999,F,ADA,7"
            })
    void is_refused_until_somebody_says_whose_it_is(String text) throws IOException {
        String lines = text.replace("/", "\n") + "\n";
        Published published = new Published(folder);
        assertThat(refusal(() -> published.text("names.csv", lines)))
                .contains("could be that of several publishers", "--source", "folder of the inbox", "au-nsw");
        var reading = read(published.text("names.csv", lines, new Hints("au-nsw", null, null)));
        assertThat(reading.publication().source()).isEqualTo("au-nsw");
        assertThat(reading.figures()).containsExactly("1999 F ADA 7");
    }

    @Test
    void is_taken_without_a_word_where_its_figures_are_known() throws IOException {
        Published published = new Published(folder);
        assertThat(read(published.text("a.csv", QUEENSLAND.formatted(446, 878)))
                        .publication()
                        .source())
                .isEqualTo("au-qld");
        assertThat(refusal(() -> published.text("a.csv", QUEENSLAND.formatted(446, 879))))
                .contains("au-nsw, au-qld, ");
        String other = "Number,Name,Year,Sex\n1346,Christine,1952,F\n2205,John,1952,M\n7,Ada,1952,F\n";
        assertThat(read(published.text("a.csv", "Rank," + other.replaceAll("\n(?=.)", "\n1,")))
                        .publication()
                        .source())
                .as("under a heading that is not known of it")
                .isEqualTo("au-nsw");
    }

    @ParameterizedTest
    @CsvSource({
        "queensland-baby-names.csv, au-qld",
        "QLD_names.csv, au-qld",
        "baby-names-of-scotland.csv, gb-nrs",
        "victoria.csv, ''",
        "names-of-qldx.csv, ''"
    })
    void is_taken_without_a_word_where_it_is_named_for_the_place(String name, String source) throws IOException {
        String text = QUEENSLAND.formatted(1, 2);
        Published published = new Published(folder);
        if (source.isEmpty()) {
            assertThat(refusal(() -> published.text(name, text))).contains("--source");
        } else {
            assertThat(read(published.text(name, text)).publication().source()).isEqualTo(source);
        }
    }

    @Test
    void a_name_of_a_child_is_no_name_of_a_place() {
        String text = "Rank,Name,Frequency,Gender,Year\n1,Alberta,7,Girl,1999\n";
        assertThat(refusal(() -> new Published(folder).text("a.csv", text))).contains("--source");
    }

    @Test
    void a_source_that_is_none_is_told_with_those_that_are() {
        String text = QUEENSLAND.formatted(1, 2);
        assertThat(refusal(() -> new Published(folder).text("a.csv", text, new Hints("au-wa", null, null))))
                .contains("given as au-wa, which is not a known source", "au-vic, ca-ab")
                .doesNotContain("ive --source");
    }

    @Test
    void columns_nobody_knows_are_not_guessed() {
        String text = "Name,Sex,Year,Count,Share\nADA,F,1999,7,1\n";
        assertThat(refusal(() -> new Published(folder).text("a.csv", text, new Hints("au-qld", null, null))))
                .contains("no table of au-qld that is known here begins with \"Name,Sex,Year,Count,Share\"");
        assertThat(refusal(() -> new Published(folder).text("a.csv", "Vorname,Anzahl\nAda,7\n")))
                .contains("No known publisher");
    }
}
