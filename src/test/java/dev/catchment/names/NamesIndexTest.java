package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.SsaEdition;
import dev.catchment.support.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With forty thousand figures each of the usual questions is answered by the index that was made for it. */
class NamesIndexTest {
    private static final int SPELLINGS = 4000;

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    /** @param largeFrom as in the setting: whether they are built aside */
    private static void load(int largeFrom) {
        NAMES.set("names.large-release", String.valueOf(largeFrom));
        Map<Integer, List<String>> years = new HashMap<>();
        for (int year = 2011; year <= 2020; year++) {
            years.put(year, lines());
        }
        NAMES.load(SsaEdition.zip(NAMES.folder(), "edition.zip", years));
        // What the server does by itself once it has the time; not while tests run.
        TestDatabase.execute("vacuum analyze names.names");
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("Emma,F,20000", "Emma,M,12", "Jordan,M,1300", "Emily,F,9000"));
        IntStream.range(0, SPELLINGS).forEach(i -> lines.add(name(i) + (i % 2 == 0 ? ",F," : ",M,") + (5 + i % 997)));
        return lines;
    }

    private static String name(int i) {
        StringBuilder name = new StringBuilder().append((char) ('A' + i % 26));
        for (int rest = i / 26 + 1; rest > 0; rest /= 20) {
            name.append((char) ('a' + rest % 20));
        }
        return name.append("rin").toString();
    }

    /** The indexes of names.names that a query uses, by the names they have there. */
    private static List<String> indexesOf(String where) {
        String query = "select * from names.names where deleted_at is null and " + where;
        String plan = TestDatabase.texts(
                        "explain " + query.replace("$us", "(select id from names.countries where code = 'US')"))
                .toString();
        return TestDatabase.texts("""
                select distinct p.relname
                from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
                where c.relkind = 'i' and position(c.relname in ?) > 0""", plan);
    }

    @ParameterizedTest
    @CsvSource({"1000000", "1"})
    void the_usual_questions_use_the_index_that_is_meant_for_them(int largeFrom) {
        load(largeFrom);
        assertThat(indexesOf("country_id = $us and year = 2015 and gender = 'F' order by count desc limit 100"))
                .containsAnyOf("idx_names_country_year_gender", "idx_names_country_year_count")
                .hasSize(1);
        assertThat(indexesOf("country_id = $us and year = 2015 order by count desc limit 100"))
                .containsExactly("idx_names_country_year_count");
        assertThat(indexesOf("country_id = $us and name ilike 'Em%' order by count desc"))
                .containsExactly("idx_names_name_prefix");
        assertThat(indexesOf("name = 'Emma' and country_id = $us"))
                .containsAnyOf("idx_names_name_year_gender", "idx_names_name_country")
                .hasSize(1);
        assertThat(indexesOf("name = 'Jordan' and year = 2015 and gender = 'M'"))
                .containsExactly("idx_names_name_year_gender");
    }

    @Test
    void the_prefix_search_of_the_command_line_uses_the_index_and_finds_all() {
        load(1_000_000);
        assertThat(TestDatabase.get().rows("names/list-names-like", prefix("Em%")))
                .extracting(row -> row.get("name") + " " + row.get("female_count") + " " + row.get("male_count"))
                .startsWith("Emma 200000 120", "Emily 90000 0")
                .hasSize(TestDatabase.texts("select distinct name_key from names.names where name_key like 'EM%'")
                        .size());
        assertThat(indexesOf("name ilike 'Em%'")).containsExactly("idx_names_name_prefix");
    }

    private static Map<String, Object> prefix(String pattern) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("pattern", pattern);
        asked.put("country", null);
        asked.put("most", 1000);
        return asked;
    }
}
