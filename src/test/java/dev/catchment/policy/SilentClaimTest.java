package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What workers hold that die, and those that live. */
class SilentClaimTest {
    private static final String WORKER = "node:12/a-7";
    private static final String OTHER = "node:13/b-1";

    /** A host, a source and a message, each claimed by one worker, who was heard of just now. */
    @BeforeEach
    void claim() {
        TestDatabase.empty();
        TestDatabase.execute("""
                select ops.beat('{node:12/a-7,node:13/b-1}');
                insert into policy.sources (name, url, country, visa_type, fetch_type, claimed_by)
                values ('Fees', 'https://www.example.gov/fees', 'GB', 'Student', 'html', 'node:12/a-7');
                update policy.hosts set claimed_by = 'node:12/a-7';
                insert into policy.messages (kind, recipient, message_id, status, claimed_by)
                values ('operators', 'ops@example.org', 'm1@example.org', 'sending', 'node:12/a-7')""");
    }

    private static void fallSilent() {
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - lease where id = '" + WORKER + "'");
    }

    private static List<Map<String, Object>> rows(String statement, Map<String, ?> values) {
        return TestDatabase.get().rows(statement, values);
    }

    private static Object page(long waited) {
        return page(waited, Map.of());
    }

    private static Object page(long waited, Map<String, Object> run) {
        Map<String, Object> parameters = new HashMap<>(run);
        parameters.putAll(Map.of(
                "worker",
                OTHER,
                "process",
                "node:13/b",
                "done",
                "[]",
                "window",
                1000,
                "patience",
                1000,
                "waited",
                waited));
        Map<String, Object> row = rows("policy/open-next-check", parameters).get(0);
        return row.get("name") == null ? "held " + row.get("held") : row.get("name");
    }

    private static Object turn() {
        return rows("policy/open-host-turn", Map.of("host", "www.example.gov", "worker", OTHER))
                .get(0)
                .get("is_yours");
    }

    private static List<Object> messages() {
        return rows("ops/claim-message", Map.of("worker", OTHER, "room", "policy", "channel", "mail")).stream()
                .map(row -> row.get("message_id") + " " + row.get("attempt"))
                .map(Object.class::cast)
                .toList();
    }

    @Test
    void what_a_worker_holds_is_its_own_while_its_lease_runs() {
        assertThat(page(0)).as("it may have died since its last heartbeat").isEqualTo("held 1");
        assertThat(turn()).isEqualTo(false);
        assertThat(messages()).isEmpty();
        assertThat(rows("policy/count-due-sources", Map.of()).get(0)).containsEntry("due", 0L);
    }

    @Test
    void a_page_is_waited_for_until_its_worker_has_sent_a_heartbeat() {
        TestDatabase.execute("update ops.workers set heartbeat_at = heartbeat_at - interval '10 seconds'");
        assertThat(page(0)).isEqualTo("held 1");
        assertThat(page(60_000)).isEqualTo("held 0");
    }

    @Test
    void what_a_silent_worker_held_is_claimed_by_whoever_asks_next() {
        fallSilent();
        assertThat(rows("policy/count-due-sources", Map.of()).get(0)).containsEntry("due", 1L);
        assertThat(page(0)).isEqualTo("Fees");
        assertThat(turn()).as("it came with the page").isEqualTo(true);
        assertThat(messages()).as("under the same Message-ID").containsExactly("m1@example.org 1");
        assertThat(TestDatabase.texts("select claimed_by from policy.sources union select claimed_by from policy.hosts"
                        + " union select claimed_by from policy.messages"))
                .containsExactly(OTHER);
    }

    @Test
    void a_watch_that_was_taken_for_dead_claims_no_page_any_more_and_waits_for_none() {
        TestDatabase.execute(
                "insert into ops.runs (room, flow, scope, trigger, mode, node, claimed_by, begun_at, started_at,"
                        + " heartbeat_at) values ('policy', 'watch', 'due', 'timer', 'full', 'n', 'gone', now(), now(), now())");
        Map<String, Object> run = Map.of("run", TestDatabase.number("select id from ops.runs"));
        assertThat(page(0, run)).isEqualTo("held 1");
        TestDatabase.get().rows("ops/close-lost-runs", Map.of());
        assertThat(page(0, run)).isEqualTo("held 0");
        fallSilent();
        assertThat(page(0, run)).isEqualTo("held 0");
        assertThat(page(0)).isEqualTo("Fees");
    }

    @Test
    void the_turn_at_a_host_of_a_silent_worker_is_given_to_another() {
        fallSilent();
        assertThat(turn()).isEqualTo(true);
    }

    @Test
    void a_worker_that_comes_back_finds_what_it_lost_and_changes_nothing_of_it() {
        fallSilent();
        page(0);
        messages();
        TestDatabase.execute("select ops.beat('{" + WORKER + "}')");
        String id = TestDatabase.text("select id from policy.messages");
        assertThat(rows("ops/close-message", Map.of("message", id, "worker", WORKER, "attempt", 0)))
                .isEmpty();
        assertThat(rows("policy/close-host-turn", Map.of("host", "www.example.gov", "worker", WORKER, "gap", 0L)))
                .isEmpty();
        assertThat(rows(
                        "policy/update-released-check",
                        Map.of("source", TestDatabase.text("select id from policy.sources"), "worker", WORKER)))
                .isEmpty();
        assertThat(TestDatabase.texts("select status || claimed_by from policy.messages"))
                .containsExactly("sending" + OTHER);
    }

    /** Its alerts were cancelled while it was being sent. */
    @Test
    void a_message_of_a_silent_sender_that_has_nothing_to_say_any_more_is_cancelled() {
        fallSilent();
        rows("policy/open-messages", Map.of("domain", "example.org"));
        assertThat(TestDatabase.texts("select status from policy.messages")).containsExactly("cancelled");
    }
}
