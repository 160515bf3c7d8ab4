package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.names.figure.Hints;
import dev.catchment.postgres.Schema;
import dev.catchment.settings.Settings;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a table that is cut by country, taken on a copy that holds releases of their own, shared ones and replaced ones. */
class NamesByCountryTest {
    private static final Path SCRIPT = Path.of("ops", "partition-names-by-country.sql");
    private static final String INDEXES = """
            select regexp_replace(indexdef, '\\((country_id, )?dataset_id, year', '(dataset_id, year')
            from pg_indexes
            where schemaname = 'names' and tablename in ('names', 'name_statistics', 'gender_probabilities')
              and indexname <> 'names_pkey'
            order by 1""";

    private static final List<String> QUESTIONS = List.of(
            "select n::text from names.names n order by n.id",
            "select s::text from names.name_statistics s order by 1",
            "select g::text from names.gender_probabilities g order by 1",
            INDEXES,
            "select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'names.names'::regclass"
                    + " and contype <> 'p' order by 1",
            "select description from pg_description d join pg_class c on c.oid = d.objoid where d.classoid = 'pg_class'::regclass"
                    + " and c.relname in ('names', 'name_statistics', 'gender_probabilities') order by 1",
            "select array_agg(grantee || privilege_type order by 1)::text from information_schema.role_table_grants"
                    + " where table_schema = 'names' and table_name = 'names' and grantee like 'api%' group by grantee");

    @TempDir
    private Path folder;

    private ScratchDatabase scratch;
    private Service service;

    @BeforeEach
    void load() throws IOException {
        scratch = ScratchDatabase.withSchema("by_country");
        Settings settings = Defaults.settings().with(Map.of("data.dir", folder.toString(), "names.large-release", "3"));
        service = Service.start(settings, scratch.database(), Map.of(), Routes.of("names"));
        load("yob1880.txt", "Mary,F,7065", "Emma,F,2003", "John,M,9655");
        load("again/yob1880.txt", "Mary,F,7066", "Emma,F,2003", "John,M,9655", "Ida,F,5");
        load("yob1881.txt", "Mary,F,6919");
        load("NovaScotia.csv", "YEAR,SEX,FIRST NAME,COUNT", "1880,F,MARY,639", "1880,F,EMMA,238");
    }

    @AfterEach
    void drop() {
        service.close();
        scratch.close();
    }

    private Object load(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\r\n", lines) + "\r\n");
        Object dataset = service.askRows("names-intake", new LoadOrder(file, Hints.NONE, "test", false, false))
                .get(0)
                .get("dataset_id");
        service.camel().createProducerTemplate().requestBody("direct:names-work", "");
        assertThat(scratch.texts("select status from names.datasets where id = '" + dataset + "'"))
                .containsExactly("completed");
        return dataset;
    }

    private void cut() throws IOException, SQLException {
        scratch.execute(Files.readString(SCRIPT));
    }

    private List<Object> answers() {
        List<Object> answers = new ArrayList<>();
        for (String query : QUESTIONS) {
            List<String> texts = scratch.texts(query);
            assertThat(texts).as(query).isNotEmpty();
            answers.add(texts);
        }
        answers.add(ask("names/list-name-genders", Map.of("key", "MARY", "country", "US")));
        answers.add(ask("names/list-top-names", Map.of("country", "US", "year", 1880, "gender", "F", "most", 9)));
        answers.add(ask("names/list-names-like", Map.of("pattern", "Em%", "country", "CA", "most", 9)));
        return answers;
    }

    private List<Map<String, Object>> ask(String statement, Map<String, Object> values) {
        return scratch.database().rows(statement, values);
    }

    @Test
    void every_row_index_grant_and_answer_survives() throws Exception {
        List<Object> before = answers();
        cut();
        assertThat(answers()).isEqualTo(before);
        assertThat(scratch.texts("""
                        select format('%s in %s', relid, parentrelid) from pg_partition_tree('names.names')
                        where relid::text ~ '(us|ca|shared)$' order by 1"""))
                .containsExactly(
                        "names.names_au_shared in names.names_au",
                        "names.names_ca in names.names",
                        "names.names_ca_shared in names.names_ca",
                        "names.names_gb_shared in names.names_gb",
                        "names.names_us in names.names",
                        "names.names_us_shared in names.names_us");
        assertThat(scratch.texts("select tableoid::regclass from names.names where name = 'MARY'"))
                .containsExactly("names.names_ca_shared");
        assertThat(ask("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void loads_replacements_and_restores_go_on() throws Exception {
        cut();
        Object large = load("third/yob1880.txt", "Mary,F,7067", "Emma,F,2004", "John,M,9655");
        load("yob1882.txt", "Ida,F,7");
        load("again/NovaScotia.csv", "YEAR,SEX,FIRST NAME,COUNT", "1880,F,MARY,640", "1880,F,EMMA,238", "1880,F,ANN,5");
        assertThat(scratch.texts("""
                        select name || ' ' || count from names.names
                        where year = 1880 and deleted_at is null order by count"""))
                .containsExactly("ANN 5", "EMMA 238", "MARY 640", "Emma 2004", "Mary 7067", "John 9655");
        assertThat(scratch.texts(
                        "select distinct parentrelid from pg_partition_tree('names.names') where relid::text like '%"
                                + large.toString().replace("-", "") + "'"))
                .containsExactly("names.names_us");
        assertThat(ask("names/verify-names", Map.of())).isEmpty();

        scratch.execute("select names.restore_dataset((select id from names.datasets order by uploaded_at limit 1))");
        scratch.execute("select names.refresh_statistics()");
        assertThat(scratch.texts(
                        "select count from names.names where name = 'Mary' and year = 1880 and deleted_at is null"))
                .containsExactly("7065");
        assertThat(ask("names/verify-names", Map.of())).isEmpty();
    }

    @Test
    void a_query_of_one_country_reads_no_other_and_a_second_cut_is_refused() throws Exception {
        cut();
        String ca = scratch.texts("select id from names.countries where code = 'CA'")
                .get(0);
        assertThat(String.join(
                        "\n", scratch.texts("explain select * from names.names where country_id = '" + ca + "'")))
                .contains("names_ca_shared")
                .doesNotContain("names_us");
        assertThatThrownBy(this::cut).hasMessageContaining("nothing to do");
    }

    @Test
    void the_schema_still_goes_down_and_up_again() throws Exception {
        cut();
        Schema schema = new Schema(scratch.database().dataSource());
        schema.undoable(3).forEach(schema::down);
        assertThat(scratch.texts("select nspname from pg_namespace where nspname = 'names'"))
                .isEmpty();
        schema.up();
    }
}
