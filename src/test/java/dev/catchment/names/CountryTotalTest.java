package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a country, by whom and in whatever spelling. */
class CountryTotalTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @Test
    void of_a_country_the_national_source_alone_counts_and_regions_say_that_they_are_a_part() {
        NAMES.load(NAMES.file("AK.TXT", "AK,F,1910,Mary,14", "AK,F,1910,Annie,12"));
        assertThat(TestDatabase.rows("select * from names.name_statistics"))
                .as("states never stand for the country")
                .isEmpty();
        NAMES.load(NAMES.file("yob1910.txt", "Mary,F,22848", "Helen,F,10479"));
        NAMES.load(NAMES.file(
                "NovaScotia.csv",
                "YEAR,SEX,FIRST NAME,COUNT",
                "1910,F,MARY,639",
                "1910,F,MARGARET,238",
                "1910,F,MARIE,171"));

        assertThat(totals())
                .containsExactly(
                        "CA MARGARET 238 true",
                        "CA MARIE 171 true",
                        "CA MARY 639 true",
                        "US Helen 10479 false",
                        "US Mary 22848 false");
    }

    private static List<Object> totals() {
        String sql = """
                select c.code || ' ' || s.name || ' ' || s.total_count || ' ' || s.is_partial as total
                from names.name_statistics s join names.countries c on c.id = s.country_id order by 1""";
        return TestDatabase.rows(sql).stream().map(row -> row.get("total")).toList();
    }

    @Test
    void one_series_holds_all_spellings_of_a_name() {
        NAMES.load(NAMES.file(
                "nsw.csv", "Rank,Name,Number,Gender,Year", "1,Olivia,400,Female,2024", "1,OLIVIA,390,Female,2023"));

        assertThat(TestDatabase.rows("select distinct name_key from names.name_statistics"))
                .containsExactly(Map.of("name_key", "OLIVIA"));
        assertThat(NamesRig.figures()).containsExactly("2023 F OLIVIA 390", "2024 F Olivia 400");
    }

    @Test
    void of_several_spellings_the_usual_one_stands_for_all() {
        NAMES.load(NAMES.file(
                "male_cy2019.csv", "Given Name,Amount,Position", "JORDAN,60,1", "Jordan,50,2", "jordan,40,3"));

        assertThat(
                        TestDatabase.rows(
                                "select name, total_count::int as count, dataset_count::int as files from names.name_statistics"))
                .containsExactly(Map.of("name", "Jordan", "count", 150, "files", 1));
    }
}
