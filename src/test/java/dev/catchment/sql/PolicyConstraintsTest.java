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
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of the policies refuses nonsense: a row that is right, one thing changed in it, and who says no. */
class PolicyConstraintsTest {
    private static final Map<String, String> NAMES = Map.of(
            "$source", "(select id from policy.sources where name='first')",
            "$version", "(select id from policy.policy_versions where sequence=1)",
            "$second", "(select id from policy.policy_versions where sequence=2)",
            "$change", "(select id from policy.policy_changes limit 1)",
            "$other", "(select id from policy.route_subscriptions where email='second@example.org')",
            "$subscription", "(select id from policy.route_subscriptions where email='first@example.org')",
            "$message", "(select id from ops.messages where message_id='first')",
            "$snapshot", "encode(sha256('x'), 'hex')",
            "$hash", "repeat('a', 64)",
            "$nobody", "gen_random_uuid()");

    /** A right row of each table: columns and values as SQL. */
    private static final Map<String, String> RIGHT = Map.ofEntries(
            Map.entry("policy.hosts", "host='b.example'"),
            Map.entry(
                    "policy.sources",
                    "name='n', country='GB', visa_type='work', url='https://a.example/n', fetch_type='html'"),
            Map.entry("policy.snapshots", "sha256=repeat('0', 64), bytes=1, body='y'"),
            Map.entry(
                    "policy.fetches",
                    "source_id=$source, url='u', final_url='u', milliseconds=1, outcome='unchanged', bytes=1"),
            Map.entry(
                    "policy.policy_versions",
                    "source_id=$source, sequence=3, content_hash=$hash, raw_text='t', links_hash=$hash, snapshot=$snapshot,"
                            + " normaliser_version='v', previous_hash=$hash, chain_hash=$hash, fetched_at=now(),"
                            + " content_length=1, fetch_duration=1"),
            Map.entry(
                    "policy.candidates",
                    "source_id=$source, content_hash=$hash, snapshot=$snapshot, reason='changed', seen_at=now(), confirm_at=now()"),
            Map.entry(
                    "policy.policy_changes",
                    "source_id=$source, old_hash=$hash, new_hash=repeat('b', 64), diff='d', old_version_id=$version,"
                            + " new_version_id=$version, diff_length=1"),
            Map.entry("policy.route_subscriptions", "email='a@example.org'"),
            Map.entry("policy.addresses", "email='b@example.org'"),
            Map.entry("ops.messages", "room='policy', kind='alerts', recipient='a@example.org', message_id='m'"),
            Map.entry("policy.email_alerts", "change_id=$change, subscription_id=$other"),
            Map.entry("policy.notices", "source_id=$source, kind='failing', cause='gone', detail='d'"));

    private static ScratchDatabase scratch;
    private static RightRows rows;

    @BeforeAll
    static void migrate() throws SQLException {
        scratch = ScratchDatabase.withSchema("policy_constraints");
        rows = new RightRows(scratch, RIGHT, NAMES);
        rows.insert("policy.sources", "name='first', url='https://a.example/first'");
        rows.insert("policy.snapshots", "sha256=$snapshot, body='x'");
        rows.insert("policy.policy_versions", "sequence=1, previous_hash=null");
        rows.insert("policy.policy_versions", "sequence=2");
        rows.insert("policy.policy_changes", "new_version_id=$second");
        rows.insert("policy.route_subscriptions", "email='first@example.org'");
        rows.insert("ops.messages", "message_id='first'");
        rows.insert("policy.email_alerts", "subscription_id=$subscription");
        rows.insert("policy.route_subscriptions", "email='second@example.org'");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    static Stream<String[]> cases() {
        return RightRows.cases(PolicyNonsense.CASES);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refuses_nonsense(String constraint, String table, String change) {
        assertThatThrownBy(() -> rows.insert(table, change)).hasMessageContaining("\"" + constraint + "\"");
    }

    @Test
    void a_right_row_is_taken() throws SQLException {
        for (String table : RIGHT.keySet()) {
            if (!table.equals("policy.policy_versions")) {
                rows.insert(table, "");
                scratch.execute("delete from " + table + " where ctid = (select max(ctid) from " + table + ")");
            }
        }
    }

    @Test
    void every_check_and_reference_has_its_case() {
        List<String> checks = rows.constraints("c,f,u", "policy");
        assertThat(checks).hasSizeGreaterThan(50);
        assertThat(cases().map(row -> row[0])).containsAll(checks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update policy.policy_versions set raw_text = 'other', content_length = 5",
                "update policy.policy_versions set created_at = now()",
                "delete from policy.policy_versions",
                "truncate policy.policy_versions cascade"
            })
    void a_version_is_immutable(String attempt) {
        assertThatThrownBy(() -> scratch.execute(attempt)).hasMessageContaining("immutable");
        assertThat(scratch.texts("select count(*) from policy.policy_versions")).containsExactly("2");
    }

    @Test
    void the_versions_of_a_source_go_with_it_and_nothing_of_it_stays() throws SQLException {
        rows.insert("policy.sources", "name='gone', url='https://a.example/gone'");
        String gone = "source_id=(select id from policy.sources where name='gone')";
        rows.insert("policy.policy_versions", "sequence=1, previous_hash=null, " + gone);
        rows.insert("policy.fetches", gone);
        rows.insert("policy.candidates", gone);
        rows.insert("policy.notices", gone);
        rows.insert(
                "policy.policy_changes",
                "old_version_id=null, new_version_id=(select v.id from policy.policy_versions v join policy.sources s "
                        + "on s.id = v.source_id where s.name='gone'), " + gone);
        scratch.execute("delete from policy.sources where name = 'gone'");
        assertThat(scratch.texts("select count(*) from policy.policy_versions")).containsExactly("2");
        assertThat(scratch.texts("select count(*) from policy.policy_changes")).containsExactly("1");
        assertThat(scratch.texts("select id from policy.fetches union all select id from policy.notices"))
                .isEmpty();
    }
}
