package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema of the names refuses nonsense: a row that is right, one thing changed in it, and who says no. */
class NamesConstraintsTest {
    private static final String US = "(select id from names.countries where code='US')";
    private static final String SSA = "(select id from names.sources where code='us-ssa')";
    private static final String DATASET = "(select id from names.datasets where filename='first')";
    private static final String USER = "(select id from web.users where username='first')";

    /** A right row of each table: columns and values as SQL. */
    private static final Map<String, String> RIGHT = Map.of(
            "names.countries",
            "code='NZ', name='New Zealand', region_count=1",
            "names.sources",
            "code='x', name='X', counts_towards_total=true, is_national=true, country_id=" + US,
            "names.datasets",
            "filename='f', file_path='p', file_size=1, format='us_ssa', sha256=repeat('0', 64), source_id=" + SSA
                    + ", country_id=" + US,
            "names.names",
            "year=1880, name='Mary', name_key='MARY', gender='F', count=5, country_id=" + US + ", dataset_id="
                    + DATASET,
            "names.slices",
            "year=1880, gender='F', row_count=1, births=5, is_living=true, added=1, changed=0, removed=0,"
                    + " ranks_at=now(), loaded_at=now(), source_id=" + SSA + ", dataset_id=" + DATASET,
            "names.jobs",
            "type='parse_dataset', dataset_id=" + DATASET,
            "web.api_keys",
            "key_hash='h', name='n'",
            "web.users",
            "username='u', hashed_password='x'",
            "web.sessions",
            "token_hash=repeat('a', 64), expires_at=now() + interval '1 day', user_id=" + USER);

    private static final String CASES = """
            countries_code_key                  | names.countries | code='US'
            countries_regions_positive          | names.countries | region_count=0
            sources_code_key                    | names.sources | code='us-ssa'
            sources_country_fkey                | names.sources | country_id=gen_random_uuid()
            sources_threshold_positive          | names.sources | min_count=0
            sources_threshold_positive          | names.sources | top_names=0
            sources_national_covers_no_region   | names.sources | region='US-AK'
            datasets_country_fkey               | names.datasets | country_id=gen_random_uuid()
            datasets_source_fkey                | names.datasets | source_id=gen_random_uuid()
            chk_status                          | names.datasets | status='lost'
            chk_file_size                       | names.datasets | file_size=0
            chk_row_count                       | names.datasets | row_count=-1
            chk_sha256                          | names.datasets | sha256='0'
            chk_gender                          | names.datasets | gender='X'
            chk_failed_with_a_message           | names.datasets | status='failed'
            chk_completed_with_counts           | names.datasets | status='completed'
            chk_completed_with_counts           | names.datasets | status='reprocessing', row_count=1
            uq_datasets_content                 | names.datasets | sha256=repeat('f', 64)
            chk_year                            | names.names | year=1799
            chk_year                            | names.names | year=2101
            chk_gender                          | names.names | gender='X'
            chk_count                           | names.names | count=0
            chk_name_length                     | names.names | name=''
            names_dataset_fkey                  | names.names | dataset_id=gen_random_uuid()
            names_country_fkey                  | names.names | country_id=gen_random_uuid()
            slices_pkey                         | names.slices | year=1900
            slices_dataset_fkey                 | names.slices | dataset_id=gen_random_uuid()
            slices_source_fkey                  | names.slices | source_id=gen_random_uuid()
            slices_replaces_fkey                | names.slices | replaces=gen_random_uuid()
            slices_counts_not_negative          | names.slices | removed=-1
            slices_one_living_idx               | names.slices | year=1900, dataset_id=$other
            jobs_dataset_fkey                   | names.jobs | dataset_id=gen_random_uuid()
            jobs_run_fkey                       | names.jobs | run_id=99
            chk_type                            | names.jobs | type='guess'
            chk_status                          | names.jobs | status='lost'
            chk_attempts                        | names.jobs | attempts=4
            chk_attempts                        | names.jobs | attempts=-1
            chk_running_is_claimed              | names.jobs | status='running'
            chk_ended_with_a_time               | names.jobs | status='completed'
            chk_ended_with_a_time               | names.jobs | completed_at=now()
            chk_failed_with_an_error            | names.jobs | status='failed', completed_at=now()
            chk_cancelled_is_failed             | names.jobs | cancelled_at=now()
            jobs_one_open_idx                   | names.jobs | dataset_id=$other
            api_keys_key_hash_key               | web.api_keys | key_hash='first'
            api_keys_name_key                   | web.api_keys | name='first'
            chk_role                            | web.api_keys | role='owner'
            users_username_key                  | web.users | username='first'
            users_username_not_blank            | web.users | username=' '
            users_role                          | web.users | role='owner'
            sessions_user_id_fkey               | web.sessions | user_id=gen_random_uuid()
            sessions_token_hash_sha256          | web.sessions | token_hash='token'
            sessions_expires_later              | web.sessions | expires_at=now() - interval '1 day'
            """;

    private static ScratchDatabase scratch;
    private static RightRows rows;

    @BeforeAll
    static void migrate() throws SQLException {
        scratch = ScratchDatabase.withSchema("names_constraints");
        rows = new RightRows(
                scratch, RIGHT, Map.of("$other", "(select id from names.datasets where filename='other')"));
        rows.insert("names.datasets", "filename='first', sha256=repeat('f', 64)");
        rows.insert("names.datasets", "filename='other', sha256=repeat('e', 64)");
        rows.insert("names.slices", "year=1900");
        rows.insert("names.jobs", "dataset_id=$other");
        rows.insert("web.api_keys", "key_hash='first', name='first'");
        rows.insert("web.users", "username='first'");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    static Stream<String[]> cases() {
        return RightRows.cases(CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refuses_nonsense(String constraint, String table, String change) {
        assertThatThrownBy(() -> rows.insert(table, change))
                .hasMessageMatching("(?s).*\"(names_shared_|)" + constraint + "\".*");
    }

    @Test
    void a_right_row_is_taken() throws SQLException {
        rows.insertAll();
    }

    @Test
    void every_check_has_its_case() {
        List<String> checks = rows.constraints("c,f", "names,web");
        assertThat(checks).hasSizeGreaterThan(20);
        assertThat(cases().map(row -> row[0])).containsAll(checks);
    }

    @Test
    void a_figure_is_there_once_among_the_living_and_its_older_readings_stay() throws SQLException {
        rows.insert("names.names", "year=1950");
        assertThatThrownBy(() -> rows.insert("names.names", "year=1950, count=6"))
                .hasMessageContaining("duplicate key");
        scratch.execute("update names.names set deleted_at = now() where year = 1950");
        rows.insert("names.names", "year=1950, count=6");
        scratch.execute("update names.names set deleted_at = now() where year = 1950 and deleted_at is null");
        rows.insert("names.names", "year=1950, count=7");
        assertThat(scratch.texts("select count(*) from names.names where year = 1950"))
                .containsExactly("3");
    }

    @Test
    void a_name_of_more_than_a_hundred_letters_is_refused() {
        assertThatThrownBy(() -> rows.insert("names.names", "name=repeat('a', 101)"))
                .hasMessageContaining("too long");
    }

    @Test
    void a_country_with_datasets_stays_and_figures_go_with_their_dataset() throws SQLException {
        assertThatThrownBy(() -> scratch.execute("delete from names.countries where code = 'US'"))
                .hasMessageContaining("violates");
        rows.insert("names.datasets", "filename='gone', sha256=repeat('a', 64)");
        rows.insert("names.names", "year=1960, dataset_id=(select id from names.datasets where filename='gone')");
        rows.insert("names.jobs", "dataset_id=(select id from names.datasets where filename='gone')");
        scratch.execute("delete from names.datasets where filename = 'gone'");
        assertThat(scratch.texts("select id from names.names where year = 1960"))
                .isEmpty();
    }

    @Test
    void what_is_changed_of_a_country_changes_its_time() throws SQLException {
        scratch.execute("update names.countries set source_url = 'https://example.org' where code = 'AU'");
        assertThat(scratch.texts("select updated_at > created_at from names.countries where code = 'AU'"))
                .containsExactly("t");
    }
}
