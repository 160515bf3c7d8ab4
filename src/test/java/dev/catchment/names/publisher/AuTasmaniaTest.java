package dev.catchment.names.publisher;

import static dev.catchment.names.Published.FORMATS;
import static dev.catchment.names.Published.read;
import static dev.catchment.names.Published.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.Published;
import dev.catchment.names.XlsWriter.Page;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuTasmaniaTest {
    private static final String GIRLS = """
            MOST POPULAR female BABY NAMES FOR 2016 IN DESCENDING ORDER:

            charlotte | 55
            ava | 42
            """;
    private static final String BOYS = """
            MOST POPULAR male BABY NAMES FOR 2016 IN DESCENDING ORDER:

            oliver | 66
            """;

    @TempDir
    private Path folder;

    @Test
    void a_heading_within_a_sheet_says_whose_names_follow() throws IOException {
        NamesFile file =
                new Published(folder).xlsx("2016.xlsx", new Page("Most Popular Baby Names 2016", GIRLS + "\n" + BOYS));
        assertThat(FORMATS.recognise(file))
                .containsExactly(new Publication("au_tas", "au-tas", null, null, 2016, null));
        assertThat(read(file).figures()).containsExactly("2016 F charlotte 55", "2016 F ava 42", "2016 M oliver 66");
    }

    @Test
    void each_sheet_may_have_its_own_heading() throws IOException {
        NamesFile file = new Published(folder).xlsx("a.xlsx", new Page("Sheet1", GIRLS), new Page("Sheet2", BOYS));
        assertThat(read(file).figures()).containsExactly("2016 F charlotte 55", "2016 F ava 42", "2016 M oliver 66");
    }

    @Test
    void sheets_named_after_the_sex_have_a_column_of_years() throws IOException {
        NamesFile file = new Published(folder)
                .xlsx(
                        "tasmaniantopbabynames20102015.xlsx",
                        new Page(
                                "Female",
                                "Name | Number | Year\nruby\u00a0 | 60 | 2010\nchloe | 50 | 2011\nevie | 40 |"),
                        new Page("Male", "Name | Number | Year\njack | 70 | 2010"));
        assertThat(FORMATS.recognise(file))
                .containsExactly(new Publication("au_tas", "au-tas", null, null, null, null));
        assertThat(read(file).figures()).containsExactly("2010 F ruby 60", "2011 F chloe 50", "2010 M jack 70");
        assertThat(read(file).entries()).element(2).extracting("reason").isEqualTo("bad-year");
    }

    @Test
    void a_year_that_a_row_contradicts_is_refused() {
        Page years = new Page("Female", "Name | Number | Year\nruby | 60 | 2010\nchloe | 50 | 2011");
        assertThat(refusal(() -> new Published(folder).xlsx("a.xlsx", new Hints("au-tas", 2010, null), years)))
                .contains("--year says 2010", "Female row 3 says 2011");
    }
}
