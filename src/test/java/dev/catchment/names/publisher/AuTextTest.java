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

/** New South Wales and Queensland. */
class AuTextTest {
    private static final String PAIRS = "Girl Names,Count of Girl Names,Boy Names,Count of Boy Names\r\n"
            + "Isla,285,Oliver,451\r\nNevaeh,51,,\r\n,,Christopher,61\r\n,,,\r\n";

    private static final Hints NSW = new Hints("au-nsw", null, null);

    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    @Test
    void reads_new_south_wales_under_either_heading() throws IOException {
        String text = "\uFEFFRank,Name,Number,Gender,Year\r\n1,Noah,496,Male,2024\r\n100,JEAN,65,Female,1952\r\n";
        for (String one : new String[] {text, text.replace("Number", "Count")}) {
            var reading = read(published.text("popular_baby_names_1952_to_2024.csv", one, NSW));
            assertThat(reading.publication()).isEqualTo(new Publication("au_nsw", "au-nsw", null, null, null, null));
            assertThat(reading.figures()).containsExactly("2024 M Noah 496", "1952 F JEAN 65");
        }
    }

    @Test
    void takes_a_year_and_gender_from_whoever_brought_it_only_if_every_row_says_the_same() throws IOException {
        String text = "Rank,Name,Number,Gender,Year\n1,Noah,496,Male,2024\n";
        assertThat(read(published.text("x.csv", text, new Hints("au-nsw", 2024, Gender.M)))
                        .publication())
                .isEqualTo(new Publication("au_nsw", "au-nsw", null, null, 2024, Gender.M));
        assertThat(refusal(() ->
                        published.text("x.csv", text + "2,Mia,9,Female,2024\n", new Hints("au-nsw", null, Gender.M))))
                .contains("--gender says M, x.csv line 3 says F");
    }

    @Test
    void finds_columns_by_their_names_wherever_they_stand_and_leaves_a_repeated_heading() throws IOException {
        String table = "Year,Gender,Number,Name,Rank\n2024,Male,496,Noah,1\n";
        var reading = read(published.text("x.csv", "New South Wales\n" + table + table.replace("Noah", "Leo")));
        assertThat(reading.figures()).containsExactly("2024 M Noah 496", "2024 M Leo 496");
        assertThat(reading.unusable()).isEmpty();
        String pairs = "Count of Boy Names,Boy Names,Girl Names,Count of Girl Names\n451,Oliver,Isla,285\n";
        assertThat(read(published.text("names-2023.csv", pairs)).figures())
                .containsExactly("2023 F Isla 285", "2023 M Oliver 451");
    }

    @Test
    void reads_queenslands_years_in_whatever_order() throws IOException {
        var reading = read(published.text(
                "20180718_BDM_Top-100-Baby-Names-1960-to-2005.csv",
                "Name,Sex,Year,Count\r\nJASON,Male,1972,1017\r\nKAREN,Female,1960,446\r\nPETER,Male,1960,878\r\n"));
        assertThat(reading.publication()).isEqualTo(new Publication("au_qld", "au-qld", null, null, null, null));
        assertThat(reading.figures()).containsExactly("1972 M JASON 1017", "1960 F KAREN 446", "1960 M PETER 878");
    }

    @Test
    void takes_queenslands_year_from_the_right_digits_of_the_name() throws IOException {
        var reading = read(published.text("20160308_BDM_Top-100-Baby-Names-2009.csv", PAIRS));
        assertThat(reading.publication().year()).isEqualTo(2009);
        assertThat(reading.figures())
                .containsExactly("2009 F Isla 285", "2009 M Oliver 451", "2009 F Nevaeh 51", "2009 M Christopher 61");
        assertThat(reading.passed(FileEntry.Passed.NONE)).isEqualTo(2);
    }

    @Test
    void asks_for_queenslands_year_where_the_name_says_none_or_two() throws IOException {
        assertThat(refusal(() -> published.text("names.csv", PAIRS))).contains("--year");
        assertThat(refusal(() -> published.text("2024-names-of-2023.csv", PAIRS)))
                .contains("--year");
        assertThat(refusal(() -> published.text("names-2023.csv", PAIRS, new Hints(null, 2022, null))))
                .contains("--year says 2022");
        assertThat(refusal(() -> published.text("names-2023.csv", PAIRS, new Hints(null, null, Gender.F))))
                .contains("--gender says F");
        assertThat(read(published.text("names.csv", PAIRS, new Hints(null, 2023, null)))
                        .figures())
                .contains("2023 F Isla 285");
    }

    @Test
    void tells_a_name_without_a_count() throws IOException {
        assertThat(read(published.text("names-2023.csv", PAIRS + "Mia,,Leo,12\r\nMia,5,Leo,12,7\r\n"))
                        .unusable())
                .containsExactly("bad-count: names-2023.csv line 6", "bad-fields: names-2023.csv line 7");
    }
}
