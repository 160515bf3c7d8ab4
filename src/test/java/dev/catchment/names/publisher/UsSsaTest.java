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

class UsSsaTest {
    private static final String OF_1880 = "Mary,F,7065\r\nAnna,F,2604\r\nJohn,M,9655\r\n";

    private static final Hints SSA = new Hints("us-ssa", null, null);

    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    @Test
    void reads_one_year_with_either_line_end_and_takes_the_year_from_the_name() throws IOException {
        for (String text : new String[] {OF_1880, OF_1880.replace("\r", "")}) {
            var reading = read(published.text("2024/yob1880.txt", text));
            assertThat(reading.publications())
                    .containsExactly(new Publication("us_ssa", "us-ssa", null, null, 1880, null));
            assertThat(reading.figures()).containsExactly("1880 F Mary 7065", "1880 F Anna 2604", "1880 M John 9655");
        }
    }

    @Test
    void reads_a_zip_as_one_publication_and_leaves_what_is_no_table() throws IOException {
        var reading = read(published.zip(
                "names.zip",
                "names/yob2017.txt",
                "Emma,F,19800\r\n",
                "names/yob1880.txt",
                OF_1880,
                "NationalReadMe.pdf",
                "%PDF-1.4",
                "__MACOSX/names/._yob1880.txt",
                "\u0000\u0005",
                "names/.DS_Store",
                "\u0000"));
        assertThat(reading.publications()).containsExactly(new Publication("us_ssa", "us-ssa", null, null, null, null));
        assertThat(reading.figures())
                .containsExactly("1880 F Mary 7065", "1880 F Anna 2604", "1880 M John 9655", "2017 F Emma 19800");
    }

    @Test
    void keeps_names_that_other_programs_take_for_nothing() throws IOException {
        var reading = read(published.text("yob2010.txt", "True,M,12\nNan,F,9\nNa,F,5\nUnknown,F,19\nBaby,F,7\n"));
        assertThat(reading.figures())
                .containsExactly("2010 M True 12", "2010 F Nan 9", "2010 F Na 5", "2010 F Unknown 19", "2010 F Baby 7");
    }

    @Test
    void tells_each_line_that_is_no_figure_where_it_stands() throws IOException {
        String good = "Mary,F,7065\r\n".repeat(40);
        var reading = read(published.text(
                "yob1880.txt", good + "\r\nAnna,F,2604.5\r\nEmma,X,5\r\nIda,F\r\n,F,9\r\n12,F,9\r\nJohn,M,9655"));
        assertThat(reading.unusable())
                .containsExactly(
                        "bad-count: yob1880.txt line 42",
                        "bad-gender: yob1880.txt line 43",
                        "bad-fields: yob1880.txt line 44",
                        "bad-name: yob1880.txt line 45",
                        "bad-name: yob1880.txt line 46");
        assertThat(reading.figures()).hasSize(41).endsWith("1880 M John 9655");
    }

    @Test
    void lines_without_a_heading_are_anybodys_unless_the_file_is_named_as_the_publisher_names_it() {
        assertThat(refusal(() -> published.text("names-1880.txt", OF_1880))).contains("--source", "us-ssa among them");
    }

    @Test
    void asks_for_a_year_that_stands_nowhere_and_takes_the_one_that_is_given() throws IOException {
        assertThat(refusal(() -> published.text("names.txt", OF_1880, SSA))).contains("--year");
        assertThat(refusal(() -> published.text("yob1880-of-2024.txt", OF_1880)))
                .contains("--year");
        assertThat(read(published.text("names.txt", OF_1880, new Hints("us-ssa", 1880, null)))
                        .figures())
                .contains("1880 F Mary 7065");
    }

    @Test
    void refuses_a_year_or_gender_that_the_file_contradicts() {
        assertThat(refusal(() -> published.text("yob1880.txt", OF_1880, new Hints(null, 2024, null))))
                .contains("--year says 2024, the file's name says 1880");
        assertThat(refusal(() -> published.text("yob1880.txt", OF_1880, new Hints(null, null, Gender.F))))
                .contains("--gender says F, yob1880.txt line 3 says M");
    }

    @Test
    void refuses_a_zip_in_which_a_table_says_no_year() {
        assertThat(refusal(() -> published.zip("names.zip", "yob1880.txt", OF_1880, "copy.txt", OF_1880)))
                .contains("copy.txt");
    }
}
