package dev.catchment.names;

import static dev.catchment.support.TestDatabase.rows;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.NamesRig;
import dev.catchment.support.SsaEdition;
import dev.catchment.support.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sample and monitoring queries of the platform's users, as they ask them, on figures that were loaded. */
class NamesQueriesTest {
    private static final String US = "(select id from names.countries where code = 'US')";

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @BeforeEach
    void load() {
        NAMES.load(SsaEdition.zip(
                NAMES.folder(),
                "older.zip",
                Map.of(2020, List.of("Olivia,F,17000", "Emma,F,1", "Jordan,M,9", "Gone,F,99999"))));
        NAMES.load(SsaEdition.zip(
                NAMES.folder(),
                "newer.zip",
                Map.of(
                        2019,
                        List.of("Olivia,F,18451", "Emma,F,17102", "Jordan,F,300", "Jordan,M,1500"),
                        2020,
                        List.of("Olivia,F,17641", "Emma,F,15656", "Emma,M,12", "Jordan,M,1300", "Liam,M,19777"))));
        NAMES.load(NAMES.file("NovaScotia.csv", "YEAR,SEX,FIRST NAME,COUNT", "2020,F,OLIVIA,55", "2020,F,EMMA,40"));
        NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065"));
    }

    @Test
    void the_most_popular_names_of_a_year() {
        assertThat(texts("""
                        select concat_ws(' ', country, year, gender, name, count, rank) from (
                          select c.name as country, n.year, n.gender, n.name, n.count,
                            row_number() over (partition by n.country_id, n.year, n.gender order by n.count desc) as rank
                          from names.names n
                          join names.countries c on c.id = n.country_id
                          where n.country_id = %s and n.year = 2020 and n.deleted_at is null
                          order by n.gender, n.count desc
                          limit 10) q""".formatted(US)))
                .containsExactly(
                        "United States 2020 F Olivia 17641 1",
                        "United States 2020 F Emma 15656 2",
                        "United States 2020 M Liam 19777 1",
                        "United States 2020 M Jordan 1300 2",
                        "United States 2020 M Emma 12 3");
    }

    @Test
    void the_trend_of_a_name_over_time() {
        assertThat(texts("""
                        select concat_ws(' ', year, gender, sum(count),
                          rank() over (partition by year order by sum(count) desc))
                        from names.names
                        where name = 'Emma' and country_id = %s and deleted_at is null
                        group by year, gender
                        order by year, gender""".formatted(US))).containsExactly("2019 F 17102 1", "2020 F 15656 1", "2020 M 12 2");
    }

    @Test
    void the_gender_distribution_of_a_name() {
        assertThat(texts("""
                        select concat_ws(' ', name,
                          sum(case when gender = 'M' then count else 0 end),
                          sum(case when gender = 'F' then count else 0 end),
                          round(100.0 * sum(case when gender = 'M' then count else 0 end) / nullif(sum(count), 0), 2))
                        from names.names
                        where name = 'Jordan' and country_id = %s and deleted_at is null
                        group by name""".formatted(US))).containsExactly("Jordan 2800 300 90.32");
        assertThat(texts("select concat_ws(' ', male_count, female_count, male_probability, female_probability)"
                        + " from names.gender_probabilities where name = 'Jordan'"))
                .containsExactly("2800 300 90.32 9.68");
    }

    @Test
    void the_processing_of_datasets() {
        assertThat(rows("""
                        select c.name as country, d.status, count(*) as datasets, sum(d.row_count) as total,
                          avg(extract(epoch from (d.processed_at - d.uploaded_at))) >= 0 as took_time
                        from names.datasets d
                        join names.countries c on c.id = d.country_id
                        where d.deleted_at is null
                        group by c.name, d.status
                        order by c.name, d.status"""))
                .extracting(row -> row.values().toString())
                .containsExactly(
                        "[Canada, completed, 1, 2, true]",
                        "[United States, completed, 2, 13, true]",
                        "[United States, pending, 1, null, null]");
    }

    @Test
    void the_health_of_the_queue() {
        assertThat(rows("""
                        select status, count(*) as job_count, round(avg(attempts)) as avg_attempts,
                          max(created_at) is not null as has_latest,
                          min(case when status = 'queued' then created_at end) is not null as has_waiting
                        from names.jobs
                        group by status
                        order by case status
                          when 'queued' then 1 when 'running' then 2 when 'failed' then 3 when 'completed' then 4 end"""))
                .extracting(row -> row.values().toString())
                .containsExactly("[queued, 1, 0, true, true]", "[completed, 3, 1, true, false]");
    }

    @Test
    void size_index_use_connections_and_long_queries_are_to_be_seen() {
        assertThat(TestDatabase.text("select pg_size_pretty(pg_database_size(current_database()))"))
                .matches("\\d+ \\w+");
        assertThat(texts("""
                        select tablename from pg_tables where schemaname = 'names'
                        order by pg_total_relation_size(schemaname || '.' || tablename) desc""")).contains("names_shared", "datasets", "jobs");
        // The columns are relname and indexrelname: the platform's text calls them otherwise, and PostgreSQL refuses
        // it.
        assertThat(texts("""
                        select concat_ws(' ', relname, indexrelname, idx_scan, pg_size_pretty(pg_relation_size(indexrelid)))
                        from pg_stat_user_indexes where schemaname = 'names' order by idx_scan""")).anyMatch(line -> line.matches("jobs jobs_pkey \\d+ \\d+ \\w+"));
        assertThat(TestDatabase.number("""
                        select count(*) from pg_stat_activity where datname = current_database()
                        group by datname""")).isPositive();
        assertThat(texts("""
                        select pid from pg_stat_activity
                        where state <> 'idle' and now() - query_start > interval '1 hour' order by query_start""")).isEmpty();
    }
}
