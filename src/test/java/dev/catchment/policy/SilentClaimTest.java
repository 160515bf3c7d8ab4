package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that die, and those that live. */
class SilentClaimTest {
    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    /** A host, a source and a message, each claimed by one worker, who was heard of just now. */
    @BeforeEach
    void claim() {
        TestDatabase.execute("""
                insert into policy.sources (name, url, country, visa_type, fetch_type, claimed_by, heartbeat_at)
                values ('Fees', 'https://www.example.gov/fees', 'GB', 'Student', 'html', 'node_1:12/7', clock_timestamp());
                update policy.hosts set claimed_by = 'node_1:12/7', heartbeat_at = clock_timestamp();
                insert into policy.messages (kind, recipient, message_id, status, claimed_by, heartbeat_at)
                values ('operators', 'ops@example.org', 'm1@example.org', 'sending', 'node_1:12/7', clock_timestamp())""");
    }

    private static void grow(String table) {
        TestDatabase.execute("update policy." + table + " set heartbeat_at = heartbeat_at - interval '50 seconds'");
    }

    private static List<Map<String, Object>> beat(String node, String holders, String workers) {
        return TestDatabase.get()
                .rows("policy/beat-claims", Map.of("node", node, "holders", holders, "workers", workers));
    }

    private static List<String> freed() {
        return TestDatabase.get().rows("policy/update-silent-claims", Map.of("silence", 45_000)).stream()
                .map(row -> row.get("kind") + " " + row.get("name") + " " + row.get("worker"))
                .toList();
    }

    @Test
    void what_a_silent_worker_held_is_free_again() {
        assertThat(freed()).isEmpty();
        List.of("hosts", "sources", "messages").forEach(SilentClaimTest::grow);
        assertThat(freed())
                .containsExactly(
                        "host www.example.gov node_1:12/7",
                        "source Fees node_1:12/7",
                        "message m1@example.org node_1:12/7");
        assertThat(freed()).isEmpty();
        assertThat(TestDatabase.rows("select status, message_id, attempts, claimed_by from policy.messages"))
                .extracting(Object::toString)
                .containsExactly("{status=pending, message_id=m1@example.org, attempts=0, claimed_by=null}");
        assertThat(TestDatabase.number(
                        "select count(*) from policy.sources where claimed_by is null and next_check_at <= now()"))
                .isOne();
    }

    @Test
    void a_heartbeat_is_that_of_one_process_and_of_hosts_whose_turn_it_has() {
        List.of("hosts", "sources", "messages").forEach(SilentClaimTest::grow);
        assertThat(beat("node_1:1", "[]", "[]")).containsExactly(Map.of("hosts", 0, "sources", 0, "messages", 0));
        assertThat(beat("nodeX1:12", "[]", "[\"node_1:12/8\"]"))
                .containsExactly(Map.of("hosts", 0, "sources", 0, "messages", 0));
        assertThat(beat("node_1:12", "[\"node_1:12/8\"]", "[\"node_1:12/7\"]"))
                .as("a turn that could not be given back is left to its silence")
                .containsExactly(Map.of("hosts", 0, "sources", 1, "messages", 1));
        assertThat(freed()).containsExactly("host www.example.gov node_1:12/7");
    }

    @Test
    void a_page_whose_worker_has_ended_is_left_to_its_silence_though_its_process_lives() {
        List.of("hosts", "sources", "messages").forEach(SilentClaimTest::grow);
        assertThat(beat("node_1:12", "[]", "[\"node_1:12/8\"]"))
                .containsExactly(Map.of("hosts", 0, "sources", 0, "messages", 1));
        assertThat(freed()).contains("source Fees node_1:12/7");
    }

    @Test
    void the_turn_at_a_host_beats_while_it_is_asked_and_not_before_or_after() throws Exception {
        Turns turns = DOOR.service().bean("policyTurns", Turns.class);
        List<Object> holders = new CopyOnWriteArrayList<>();
        DOOR.pages().serveRaw("/fees", out -> {
            holders.add(turns.beating("test").get("holders"));
            out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        });
        DOOR.visit("/fees");
        assertThat(holders).containsExactly("[\"test/1\"]");
        assertThat(turns.beating("test")).containsEntry("holders", "[]");
    }
}
