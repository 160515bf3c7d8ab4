package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.postgres.Schema;
import dev.catchment.support.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large tables in partitions: what a filled one keeps when it is split and joined again, what is made ahead and dropped. */
class PartitionsTest {
    private static final String RUNS =
            "insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at,"
                    + " finished_at) select 'catalog', 'crawl', 'scope ' || n %% %d, 'cli', 'full', 'succeeded', 'n', at, at, at, at"
                    + " from generate_series(1, %d) n cross join lateral (select now() - %s as at) t";
    private static final String REQUESTS =
            "insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, records)"
                    + " select r.id, n, r.started_at, 'https://a.example/' || n, 200, 1, 1, 1, 0"
                    + " from ops.runs r, generate_series(1, 2) n";
    static final String PARTS = "select part::text || ' ' || coalesce(upper, '') from ops.partitions_of('%s')";

    private static final String BY_PLACE = "select proname from pg_proc where prosrc like '%ctid%' and pronamespace in"
            + " (select oid from pg_namespace where nspname in ('harvest', 'policy', 'ops'))";

    private ScratchDatabase scratch;
    private Schema schema;

    @BeforeEach
    void create() {
        scratch = ScratchDatabase.withSchema("partitions");
        schema = new Schema(scratch.database().dataSource());
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    private List<String> texts(String sql) {
        return scratch.texts(sql);
    }

    private String text(String sql) {
        return scratch.text(sql);
    }

    private List<String> rows(String table, String order) {
        return texts("select to_jsonb(t)::text from %s t order by %s".formatted(table, order));
    }

    @Test
    void a_filled_database_has_the_same_requests_after_a_step_up_and_down() throws SQLException {
        schema.undoable(31).forEach(schema::down);
        scratch.execute(RUNS.formatted(5, 50, "interval '1 day'"));
        scratch.execute(REQUESTS);
        List<String> before = rows("ops.requests", "run_id, sequence");
        String dump = SchemaDump.of(scratch);
        schema.up();
        assertThat(rows("ops.requests", "run_id, sequence")).isEqualTo(before).hasSize(100);
        assertThat(texts(PARTS.formatted("ops.requests")))
                .containsExactly("ops.requests_first 1000000", "ops.requests_default ");
        scratch.execute("select ops.open_partitions('ops.requests', '50', '1000000', 2)");
        scratch.execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 1500000)");
        scratch.execute(RUNS.formatted(5, 1, "interval '1 day'"));
        scratch.execute(REQUESTS.replace(
                "from ops.runs r,", "from (select max(id) as id, now() as started_at from ops.runs) r,"));
        assertThat(texts("select distinct tableoid::regclass::text from ops.requests order by 1"))
                .containsExactly("ops.requests_1000000", "ops.requests_first");
        schema.undoable(31).forEach(schema::down);
        assertThat(rows("ops.requests", "run_id, sequence")).hasSize(102).containsAll(before);
        assertThat(SchemaDump.of(scratch)).isEqualTo(dump);
    }

    /** As a node that was not stopped: its page asks for its run first, and then writes everything else. */
    @ParameterizedTest
    @ValueSource(ints = {33, 34, 35})
    void a_step_waits_for_a_page_that_is_being_written_before_it_holds_anything_itself(int step) throws Exception {
        schema.undoable(step - 1).forEach(schema::down);
        scratch.execute(RUNS.formatted(1, 1, "interval '1 day'"));
        try (Connection page = scratch.database().dataSource().getConnection();
                Statement statement = page.createStatement()) {
            page.setAutoCommit(false);
            statement.execute("select from ops.runs for key share");
            CompletableFuture<Integer> up = CompletableFuture.supplyAsync(schema::up);
            Await.until(
                    "it waits",
                    () -> texts("select mode from pg_locks where not granted and relation = 'ops.runs'::regclass"),
                    List.of("ExclusiveLock")::equals);
            statement.execute(REQUESTS);
            statement.execute("lock table policy.fetches, harvest.versions, harvest.changes, harvest.records"
                    + " in row exclusive mode nowait");
            statement.execute("update ops.runs set seen = 1");
            page.commit();
            assertThat(up.join()).isPositive();
        }
        assertThat(texts("select seen::text || ' ' || (select count(*) from ops.requests) from ops.runs"))
                .containsExactly("1 2");
    }

    /** What a node that was not stopped calls finds a record by its place, which was one of the whole table. */
    @Test
    void nothing_writes_records_between_their_split_and_the_functions_that_know_of_it() {
        schema.undoable(34).forEach(schema::down);
        assertThat(texts(BY_PLACE)).isNotEmpty();
        Flyway.configure()
                .dataSource(scratch.database().dataSource())
                .defaultSchema("public")
                .table("flyway_schema_history")
                .locations("classpath:sql/schema/up")
                .ignoreMigrationPatterns("*:missing")
                .target("35")
                .load()
                .migrate();
        assertThat(texts(BY_PLACE)).isEmpty();
        schema.up();
        assertThat(texts(BY_PLACE)).isNotEmpty();
    }

    @Test
    void who_writes_while_the_step_is_taken_waits_for_it_and_loses_nothing() throws Exception {
        schema.undoable(31).forEach(schema::down);
        scratch.execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 999998)");
        String request = REQUESTS + " where r.id = (select max(id) from ops.runs)";
        try (Connection before = scratch.database().dataSource().getConnection();
                Connection straggler = scratch.database().dataSource().getConnection();
                Statement first = before.createStatement();
                Statement second = straggler.createStatement()) {
            before.setAutoCommit(false);
            first.execute(RUNS.formatted(1, 1, "interval '1 day'"));
            first.execute(request);
            CompletableFuture<Void> step = CompletableFuture.runAsync(schema::up);
            Await.until("the step waits", () -> waiting() == 1);
            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> {
                try {
                    second.execute(RUNS.formatted(1, 1, "interval '1 hour'").replace("'scope '", "'late '"));
                    return second.executeUpdate(request);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until("the straggler waits", () -> waiting() == 2);
            before.commit();
            step.get(2, TimeUnit.MINUTES);
            assertThat(late.get(2, TimeUnit.MINUTES)).isEqualTo(2);
        }
        assertThat(texts("select run_id || ' ' || sequence || ' ' || tableoid::regclass from ops.requests order by 1"))
                .containsExactly(
                        "1000000 1 ops.requests_first",
                        "1000000 2 ops.requests_first",
                        "999999 1 ops.requests_first",
                        "999999 2 ops.requests_first");
    }

    @Test
    void a_step_that_is_in_the_way_of_a_writer_as_the_writer_is_in_its_way_is_taken_again() throws Exception {
        schema.undoable(33).forEach(schema::down);
        try (Connection writer = scratch.database().dataSource().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("select from ops.runs");
            CompletableFuture<Integer> step = CompletableFuture.supplyAsync(schema::up);
            Await.until(
                    "the step waits for what the writer reads",
                    () -> texts("select mode from pg_locks where not granted and relation = 'ops.runs'::regclass"),
                    List.of("AccessExclusiveLock")::equals);
            try {
                statement.execute("select from ops.runs for key share");
            } catch (SQLException deadlock) {
                assertThat(deadlock.getSQLState()).as("one of the two").isEqualTo("40P01");
            }
            writer.rollback();
            assertThat(step.get(2, TimeUnit.MINUTES)).isPositive();
        }
    }

    private long waiting() {
        return Long.parseLong(text("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                + " and datname = current_database()"));
    }

    @Test
    void partitions_are_made_ahead_once_and_what_was_written_meanwhile_stays() throws SQLException {
        String open = "select ops.open_partitions('ops.requests', '%s', '1000', 2)";
        assertThat(texts(open.formatted("999000"))).containsExactly("ops.requests_1000000", "ops.requests_1001000");
        assertThat(texts(open.formatted("999000"))).isEmpty();
        // Nobody made any for a long time.
        scratch.execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 1005500)");
        scratch.execute(RUNS.formatted(1, 1, "interval '1 minute'"));
        scratch.execute(REQUESTS);
        assertThat(texts("select distinct tableoid::regclass::text from ops.requests"))
                .containsExactly("ops.requests_default");
        assertThat(texts("select scope from ops.troubles")).containsExactly("ops.requests");
        assertThat(
                        texts(
                                "select scope || ' ' || cause from ops.troubles(now() + interval '1 day', interval '6 hours') t"))
                .containsExactly("ops.requests overdue");
        assertThat(texts(open.formatted("1005501"))).containsExactly("ops.requests_1006000", "ops.requests_1007000");
        assertThat(texts("select scope from ops.troubles")).isEmpty();
        assertThat(text("select count(*) from ops.requests")).isEqualTo("2");
    }

    @Test
    void a_partition_whose_runs_are_old_goes_whole_but_what_the_last_run_of_a_scope_asked() throws SQLException {
        scratch.execute("select ops.open_partitions('ops.requests', '999999', '1000', 3)");
        scratch.execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 999999)");
        scratch.execute(RUNS.formatted(3, 1000, "(2000 - n) * interval '1 hour'"));
        scratch.execute(RUNS.formatted(1, 2, "interval '1 hour'"));
        scratch.execute(REQUESTS);
        String drop = "select removed::text || ' ' || coalesce(next::text, '-')"
                + " from ops.drop_old_requests(now() - interval '%s', %d, 100)";
        assertThat(texts("select removed from ops.drop_old_requests(null, 0, 100)"))
                .as("for ever")
                .containsExactly("0");
        // The first one is empty.
        assertThat(texts(drop.formatted("10 hours", 0))).containsExactly("1 1000000");
        assertThat(texts(drop.formatted("1500 hours", 1_000_000)))
                .as("its last runs are too new")
                .containsExactly("0 -");
        assertThat(texts(drop.formatted("10 hours", 1_000_000))).containsExactly("1 1001000");
        assertThat(texts(drop.formatted("10 hours", 1_001_000))).containsExactly("0 -");
        assertThat(texts(
                        "select r.scope || ' ' || q.tableoid::regclass from ops.requests q join ops.runs r on r.id = q.run_id"
                                + " where q.run_id < 1001000 order by 1"))
                .containsExactly(
                        "scope 1 ops.requests_default",
                        "scope 1 ops.requests_default",
                        "scope 2 ops.requests_default",
                        "scope 2 ops.requests_default");
        assertThat(text("select count(*) from ops.requests where run_id >= 1001000"))
                .isEqualTo("4");
        scratch.execute(REQUESTS.replace("generate_series(1, 2)", "generate_series(7, 7)"));
    }

    @Test
    void who_makes_or_drops_one_does_not_wait_behind_a_reader() throws SQLException {
        try (Connection reader = scratch.database().dataSource().getConnection()) {
            reader.setAutoCommit(false);
            try (Statement statement = reader.createStatement()) {
                statement.executeQuery("select count(*) from ops.requests");
                assertThatThrownBy(() ->
                                scratch.execute("select ops.open_partitions('ops.requests', '1000000', '1000', 1)"))
                        .hasMessageContaining("lock timeout");
                assertThatThrownBy(
                                () -> scratch.execute("select ops.drop_partition('ops.requests_first', 'false', 10)"))
                        .hasMessageContaining("lock timeout");
            }
            reader.rollback();
        }
        assertThat(texts(PARTS.formatted("ops.requests"))).hasSize(2);
        assertThat(text("select ops.drop_partition('ops.requests_first', 'false', 10)"))
                .isEqualTo("t");
    }

    @Test
    void two_at_once_make_each_once_what_is_broken_off_leaves_nothing_and_who_writes_does_not_wait()
            throws SQLException {
        String open = "select ops.open_partitions('ops.requests', '999999', '1000', 2)";
        scratch.execute(RUNS.formatted(1, 1, "interval '1 minute'"));
        try (Connection node = scratch.database().dataSource().getConnection();
                Statement statement = node.createStatement()) {
            node.setAutoCommit(false);
            statement.execute(open);
            assertThat(texts(open)).as("another node makes them").isEmpty();
            scratch.execute("set lock_timeout = '5s'; " + REQUESTS);
            assertThat(text("select count(*) from ops.requests where run_id = 1"))
                    .isEqualTo("2");
            node.rollback();
        }
        assertThat(texts(PARTS.formatted("ops.requests"))).hasSize(2);
        assertThat(texts(open)).containsExactly("ops.requests_1000000", "ops.requests_1001000");
        assertThat(texts(open)).isEmpty();
    }

    @Test
    void what_reads_for_others_sees_what_lies_in_a_partition_that_was_made_later() throws SQLException {
        scratch.execute("select ops.open_partitions('ops.requests', '999999', '1000', 2)");
        scratch.execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 1000000)");
        scratch.execute(RUNS.formatted(1, 1, "interval '1 minute'"));
        scratch.execute(REQUESTS);
        try (Connection connection = scratch.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set role api_readonly");
            try (var rows = statement.executeQuery("select distinct tableoid::regclass::text from ops.requests")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("ops.requests_1000000");
            }
            statement.execute("reset role");
        }
    }

    static final String PAGES = """
            insert into policy.sources (country, visa_type, url, name, fetch_type) values
              ('GB', 'Student', 'https://p.example/1', 'one', 'html'), ('GB', 'Student', 'https://p.example/2', 'two', 'html')""";
    static final String CHECKS = """
            insert into policy.fetches (source_id, fetched_at, url, final_url, milliseconds, outcome, bytes)
            select s.id, %s, 'u', 'u', 1, case when n %% 10 = 0 then 'changed' else 'unchanged' end, 1
            from policy.sources s, generate_series(1, %d) n""";
    static final String HISTORY = """
            insert into harvest.versions (dataset_id, source_id, key, valid_from, valid_to, run_id, cause, changed_fields,
              is_noise, was_retired, content_hash, state)
            select md5((n %% 10)::text)::uuid, 1, 'k' || n %% 10, at, at + interval '1 day', 1, 'changed', '{title}', false, false,
              'h', '{"title": "t"}'
            from generate_series(%d, %d) n cross join lateral (select %s as at) t""";
    static final String CHANGES = """
            insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)
            select md5((n %% 10)::text)::uuid, 1, 'changed', 1, %s from generate_series(1, %d) n""";

    @Test
    void a_filled_database_has_the_same_checks_and_history_after_a_step_up_and_down() throws SQLException {
        schema.undoable(32).forEach(schema::down);
        scratch.execute(PAGES);
        scratch.execute(CHECKS.formatted("now() - n * interval '10 days'", 40));
        scratch.execute(HISTORY.formatted(1, 400, "now() - (500 - n) * interval '1 day'"));
        scratch.execute(CHANGES.formatted("now() - (500 - n) * interval '1 day'", 400));
        scratch.execute("select harvest.publish_changes()");
        scratch.execute(CHANGES.formatted("now()", 5));
        scratch.execute(
                "insert into harvest.sources (name, kind, url, host) select 's' || n, 'ckan', 'https://a.example', 'a.example'"
                        + " from generate_series(1, 40) n");
        scratch.execute(
                "insert into harvest.records (source_id, key, raw, content_hash, first_seen_at, changed_at)"
                        + " select id, 'k' || n, '{}', repeat('0', 64), now(), now() from harvest.sources, generate_series(1, 5) n");
        List<String> records = rows("harvest.records", "source_id, key");
        List<String> tables = List.of("policy.fetches", "harvest.versions", "harvest.changes");
        List<List<String>> before =
                tables.stream().map(table -> rows(table, "id")).toList();
        String dump = SchemaDump.of(scratch);
        schema.up();
        assertThat(tables.stream().map(table -> rows(table, "id"))).isEqualTo(before);
        assertThat(tables)
                .allSatisfy(table -> assertThat(texts("select distinct tableoid::regclass::text from " + table))
                        .containsExactly(table + "_first"));
        scratch.execute(
                "select ops.open_partitions('policy.fetches', ops.partition_bound(now()::text, 'month', 0), 'month', 10)");
        scratch.execute(
                "select ops.open_partitions('harvest.versions', ops.partition_bound(now()::text, 'year', 0), 'year', 3)");
        scratch.execute("select ops.open_partitions('harvest.changes', '405', '10000000', 2)");
        scratch.execute("select setval(pg_get_serial_sequence('harvest.changes', 'id'), 10000000)");
        scratch.execute(CHECKS.formatted("now() + n * interval '250 days'", 1));
        scratch.execute(HISTORY.formatted(1, 1, "now() + interval '700 days'"));
        scratch.execute(CHANGES.formatted("now()", 1));
        scratch.execute("select harvest.publish_changes()");
        assertThat(tables)
                .allSatisfy(table -> assertThat(
                                texts("select distinct tableoid::regclass::text from " + table + " order by 1"))
                        .as(table)
                        .hasSize(2)
                        .doesNotContain(table + "_default"));
        assertThat(texts("select f.id::text from policy.fetches f order by f.id desc limit 2"))
                .as("numbers go on where they were")
                .containsExactly("82", "81");
        assertThat(texts("select c.number::text from harvest.changes c order by c.number desc limit 2"))
                .containsExactly("406", "405");
        assertThat(rows("harvest.records", "source_id, key")).isEqualTo(records).hasSize(200);
        assertThat(texts("select distinct tableoid from harvest.records")).hasSize(8);
        schema.undoable(32).forEach(schema::down);
        assertThat(rows("harvest.records", "source_id, key")).isEqualTo(records);
        assertThat(rows("policy.fetches", "id")).hasSize(82).containsAll(before.get(0));
        assertThat(rows("harvest.versions", "id")).hasSize(401).containsAll(before.get(1));
        assertThat(rows("harvest.changes", "id")).hasSize(406);
        assertThat(SchemaDump.of(scratch)).isEqualTo(dump);
        scratch.execute(CHANGES.formatted("now()", 1));
        assertThat(text("select max(id) from harvest.changes")).isEqualTo("10000002");
    }
}
