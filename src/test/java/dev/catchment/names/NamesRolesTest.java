package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.NamesRig;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: one role reads, one works. Both are of the server, and none is allowed to log in. */
class NamesRolesTest {
    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    /** A release of its own and an open staging: tables that were not there when the grants were given. */
    @BeforeEach
    void load() {
        NAMES.set("names.large-release", "1");
        NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065", "John,M,9655"));
        NAMES.takeIn(NAMES.file("yob1881.txt", "Mary,F,6919"));
        TestDatabase.execute("select names.open_staging(id) from names.datasets where status = 'pending'");
        TestDatabase.execute("insert into web.api_keys (key_hash, name) values ('hash', 'somebody')");
    }

    private static void as(String role, String sql) {
        try (Connection connection = TestDatabase.get().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local role " + role);
            statement.execute(sql);
            connection.commit(); // else the pool rolls it back
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<String> relations() {
        return TestDatabase.texts("""
                select format('%I.%I', n.nspname, c.relname)
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'names' and c.relkind in ('r', 'p', 'v', 'm')""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_readonly", "api_worker"})
    void every_table_and_view_of_the_names_can_be_read_those_made_later_too(String role) {
        assertThat(relations())
                .contains("names.names", "names.name_statistics", "names.gender_probabilities")
                .anyMatch(table -> table.matches("names\\.names_[0-9a-f]{32}"))
                .anyMatch(table -> table.matches("names\\.staging_[0-9a-f]{32}"))
                .allSatisfy(table -> as(role, "select * from " + table));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into names.stale_views values (now())",
                "update names.names set count = 1",
                "update names.datasets set filename = 'x'",
                "delete from names.names",
                "truncate names.jobs",
                "create table names.mine (id int)",
                "create temp table names_copy as select * from names.names; insert into names.names select * from names_copy",
                "drop table names.stale_views",
                "refresh materialized view names.name_statistics",
                "select nextval('names.names_id_seq')",
                "select * from names.lock_next_job('me')",
                "select names.cleanup_old_jobs()",
                "select * from names.restore_dataset((select id from names.datasets limit 1))",
                "select * from web.api_keys",
                "select * from web.users",
                "select * from ops.messages",
                "select * from policy.route_subscriptions",
                "select * from policy.addresses",
                "select url from harvest.sources",
                "select secret from harvest.sources",
                "select url from policy.sources",
                "select url from registry.sources",
                "select raw from registry.sources",
                "select record from ops.rejects",
                "select final_url from policy.fetches"
            })
    void who_reads_can_do_nothing_else(String sql) {
        assertThatThrownBy(() -> as("api_readonly", sql))
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void no_function_of_the_names_is_open_to_who_reads() {
        assertThat(TestDatabase.texts("""
                        select p.oid::regprocedure from pg_proc p
                        where p.pronamespace = 'names'::regnamespace
                          and p.provolatile <> 'i' -- what changes the form of a word is no secret
                          and has_function_privilege('api_readonly', p.oid, 'execute')
                          and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')""")).isEmpty();
    }

    @Test
    void the_worker_inserts_and_updates_and_works_the_queue() {
        as("api_worker", "insert into names.stale_views values (now())");
        as("api_worker", "update names.datasets set uploaded_by = 'somebody else'");
        as("api_worker", "update names.names set count = 7066 where name = 'Mary'");
        as("api_worker", """
                insert into names.names (dataset_id, country_id, year, name, name_key, gender, count)
                select id, country_id, 1882, 'Ida', 'IDA', 'F', 5 from names.datasets where status = 'pending'""");
        as("api_worker", "select nextval('names.names_id_seq')");
        as("api_worker", "select * from names.lock_next_job('somebody/1')");
        assertThat(TestDatabase.rows("select status, claimed_by from names.jobs where claimed_by = 'somebody/1'"))
                .containsExactly(Map.of("status", "running", "claimed_by", "somebody/1"));
        assertThat(NamesRig.figures()).contains("1880 F Mary 7066", "1882 F Ida 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from names.names",
                "truncate names.jobs",
                "create table names.mine (id int)",
                "drop table names.jobs",
                "select * from web.api_keys"
            })
    void the_worker_deletes_nothing_and_sees_no_key(String sql) {
        assertThatThrownBy(() -> as("api_worker", sql))
                .rootCause()
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    @Test
    void neither_role_logs_in_by_itself_and_both_may_connect() {
        assertThat(TestDatabase.texts("""
                        select format('%s %s %s %s', rolname, rolcanlogin, rolsuper,
                          has_database_privilege(rolname, current_database(), 'connect'))
                        from pg_roles where rolname in ('api_readonly', 'api_worker') order by 1""")).containsExactly("api_readonly f f t", "api_worker f f t");
    }
}
