package dev.catchment.sql;

import static dev.catchment.sql.PartitionsTest.CHANGES;
import static dev.catchment.sql.PartitionsTest.CHECKS;
import static dev.catchment.sql.PartitionsTest.HISTORY;
import static dev.catchment.sql.PartitionsTest.PAGES;
import static dev.catchment.sql.PartitionsTest.PARTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too old, in partitions: what goes with one of them, what goes row by row, and what is not looked at. */
class OldPartitionsTest {
    private ScratchDatabase scratch;

    @BeforeEach
    void create() {
        scratch = ScratchDatabase.withSchema("old_partitions");
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

    private Map<String, Object> run(String statement, Map<String, Object> parameters) throws SQLException {
        try (Connection connection = scratch.database().dataSource().getConnection()) {
            return dev.catchment.postgres.connection.Statement.load(statement)
                    .rows(connection, parameters)
                    .get(0);
        }
    }

    @Test
    void a_month_of_checks_goes_but_those_that_are_needed() throws SQLException {
        scratch.execute(PAGES);
        scratch.execute(
                "alter table policy.fetches detach partition policy.fetches_first; drop table policy.fetches_first");
        scratch.execute("select ops.open_partitions('policy.fetches', '2020-01-01 00:00:00+00', 'month', 3)");
        scratch.execute(CHECKS.formatted("timestamptz '2020-02-01 00:00:00+00' + n * interval '1 day'", 50));
        assertThat(texts(PARTS.formatted("policy.fetches")))
                .containsExactly(
                        "policy.fetches_20200201 2020-03-01 00:00:00+00",
                        "policy.fetches_20200301 2020-04-01 00:00:00+00",
                        "policy.fetches_20200401 2020-05-01 00:00:00+00",
                        "policy.fetches_default ");
        long march = Instant.parse("2020-03-01T00:00:00Z").getEpochSecond();
        long keep = Duration.between(Instant.parse("2020-03-15T00:00:00Z"), Instant.now())
                .toMillis();
        assertThat(run("policy/delete-fetch-partition", Map.of("keep", keep, "after", 0, "most", 3)))
                .as("more are needed")
                .containsExactly(entry("removed", 0), entry("after", march));
        assertThat(run("policy/delete-fetch-partition", Map.of("keep", keep, "after", 0, "most", 4)))
                .containsExactly(entry("removed", 1), entry("after", march));
        assertThat(
                        texts(
                                "select tableoid::regclass || ' ' || count(*) from policy.fetches group by tableoid order by 1"))
                .containsExactly("policy.fetches_20200301 44", "policy.fetches_default 4");
        assertThat(text("select count(*) from policy.fetches where outcome = 'changed'"))
                .isEqualTo("10");
    }

    @Test
    void changes_go_only_when_every_topic_and_webhook_has_them() throws SQLException {
        scratch.execute("select ops.open_partitions('harvest.changes', '9999999', '1000', 2)");
        scratch.execute("select setval(pg_get_serial_sequence('harvest.changes', 'id'), 9999999)");
        scratch.execute(CHANGES.formatted("now() - interval '90 days'", 1001));
        scratch.execute("select harvest.publish_changes()");
        String drop = "select removed::text from harvest.drop_old_changes(now() - interval '%d days', 10000000, 0)";
        assertThat(texts(drop.formatted(100))).as("too new").containsExactly("0");
        scratch.execute("insert into harvest.topics (name, after) select 't', max(number) - 2 from harvest.changes");
        assertThat(texts(drop.formatted(10))).as("the topic lacks one").containsExactly("0");
        scratch.execute("update harvest.topics set after = after + 2");
        scratch.execute("insert into webhooks.webhooks (name, url, feed, secret_hash, after, created_by)"
                + " select 'w', 'https://a.example', 'changes', 's', after - 5, 'me' from harvest.topics");
        assertThat(texts(drop.formatted(10))).as("the webhook lacks some").containsExactly("0");
        scratch.execute("update webhooks.webhooks set after = after + 5");
        assertThat(texts("select * from harvest.deleted_changes")).isEmpty();
        assertThat(texts(drop.formatted(10))).containsExactly("1");
        assertThat(text("select through from harvest.deleted_changes")).isEqualTo("10000999");
        assertThat(text("select count(*) from harvest.changes")).isEqualTo("1");
        assertThat(text("select min(number) > 1000 from harvest.changes")).isEqualTo("t");
    }

    @Test
    void states_that_ended_in_a_time_that_is_over_go_with_its_partition() throws SQLException {
        scratch.execute(
                "alter table harvest.versions detach partition harvest.versions_first; drop table harvest.versions_first");
        scratch.execute("select ops.open_partitions('harvest.versions', '2019-10-01 00:00:00+00', 'quarter', 2)");
        scratch.execute(HISTORY.formatted(1, 150, "timestamptz '2019-12-31 12:00:00+00' + n * interval '1 day'"));
        String drop = "select removed::text from ops.drop_old_partition('harvest.versions', '%s', 0, 'false', 0)";
        assertThat(texts(drop.formatted("2020-03-31 23:00Z"))).containsExactly("0");
        assertThat(texts(drop.formatted("2020-04-01 00:00Z"))).containsExactly("1");
        assertThat(text("select min(valid_to) >= '2020-04-01 00:00Z' from harvest.versions"))
                .isEqualTo("t");
        assertThat(texts(PARTS.formatted("harvest.versions")))
                .containsExactly("harvest.versions_20200401 2020-07-01 00:00:00+00", "harvest.versions_default ");
    }

    /** How many rows of each partition are looked at while all that is old is removed. */
    private List<String> looked(String statement, long keepDays, String table) throws SQLException {
        long keep = Duration.ofDays(keepDays).toMillis();
        try (Connection connection = scratch.database().dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Map<String, Long> before = looked(connection, table);
            Object after = 0L;
            while (after != null) {
                after = dev.catchment.postgres.connection.Statement.load(statement)
                        .rows(connection, Map.of("keep", keep, "after", after, "most", 30))
                        .get(0)
                        .get("after");
            }
            List<String> looked = new ArrayList<>();
            looked(connection, table).forEach((part, rows) -> looked.add(part + " " + (rows - before.get(part))));
            connection.commit();
            return looked;
        }
    }

    private static Map<String, Long> looked(Connection connection, String table) throws SQLException {
        Map<String, Long> looked = new TreeMap<>();
        try (Statement look = connection.createStatement();
                var rows = look.executeQuery("select relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
                        + " from pg_stat_xact_user_tables where relname ~ '^" + table + "_[0-9]+$'")) {
            while (rows.next()) {
                looked.put(rows.getString(1), rows.getLong(2));
            }
        }
        return looked;
    }

    @Test
    void who_removes_old_states_looks_at_no_partition_that_is_young_and_leaves_one_that_will_go_whole()
            throws SQLException {
        scratch.execute(
                "insert into harvest.sources (name, kind, url, host) select 's' || n, 'ckan', 'https://a.example', 'a.example'"
                        + " from generate_series(1, 3) n");
        scratch.execute(
                "alter table harvest.versions detach partition harvest.versions_first; drop table harvest.versions_first");
        scratch.execute("select ops.open_partitions('harvest.versions', '2019-12-01 00:00:00+00', 'month', 3)");
        scratch.execute(HISTORY.formatted(1, 250, "timestamptz '2019-11-30 12:00Z' + n * interval '9 hours'"));
        long days = Duration.between(Instant.parse("2020-01-20T00:00:00Z"), Instant.now())
                .toDays();
        assertThat(looked("harvest/delete-old-versions", days, "versions"))
                .containsExactly("versions_20200101 0", "versions_20200201 0", "versions_20200301 0");
        assertThat(
                        texts(
                                "select tableoid::regclass || ' ' || count(*) from harvest.versions group by tableoid order by 1"))
                .as("only what lies in the default partition, before those that go whole")
                .containsExactly(
                        "harvest.versions_20200101 82", "harvest.versions_20200201 78", "harvest.versions_20200301 9");
        scratch.execute(
                "alter table harvest.versions detach partition harvest.versions_20200101; insert into harvest.versions"
                        + " overriding system value select * from harvest.versions_20200101; drop table harvest.versions_20200101");
        assertThat(looked("harvest/delete-old-versions", days - 20, "versions"))
                .containsExactly("versions_20200201 0", "versions_20200301 0");
        assertThat(text("select count(*) from harvest.versions where valid_to < '2020-02-01 00:00Z'"))
                .isEqualTo("0");
        assertThat(text("select count(*) from harvest.versions where valid_to < '2020-02-10 00:00Z'"))
                .as("it will go whole")
                .isNotEqualTo("0");
    }

    @Test
    void who_removes_old_changes_looks_at_no_partition_that_is_young() throws SQLException {
        scratch.execute("select ops.open_partitions('harvest.changes', '9999999', '1000', 3)");
        scratch.execute(CHANGES.formatted("now() - interval '90 days' + n * interval '1 second'", 100));
        scratch.execute("select setval(pg_get_serial_sequence('harvest.changes', 'id'), 9999999)");
        scratch.execute(CHANGES.formatted("now() - interval '80 days' + n * interval '1 hour'", 2000));
        scratch.execute("select harvest.publish_changes()");
        assertThat(looked("harvest/delete-old-changes", 85, "changes"))
                .allMatch(line -> line.matches("changes_[0-9]+ [0-9]{1,2}"), "its last changes at most, of a thousand")
                .hasSize(3);
        assertThat(text("select count(*) || ' ' || min(id) from harvest.changes"))
                .isEqualTo("2000 10000000");
        assertThat(text("select through from harvest.deleted_changes")).isEqualTo("100");
        looked("harvest/delete-old-changes", 60, "changes");
        assertThat(text("select count(*) from harvest.changes"))
                .as("half of a partition that will go whole")
                .isEqualTo("2000");
    }
}
