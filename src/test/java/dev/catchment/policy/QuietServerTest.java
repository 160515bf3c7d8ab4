package dev.catchment.policy;

import static dev.catchment.support.Watched.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that want to be let alone. */
class QuietServerTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static Object due() {
        return TestDatabase.get()
                .rows("policy/count-due-sources", Map.of())
                .get(0)
                .get("due");
    }

    @Test
    void a_page_is_not_counted_as_due_while_its_server_wants_to_be_let_alone_for_long() {
        source("Visa", POLICY.pages().url("/visa"));
        assertThat(due()).isEqualTo(1L);
        TestDatabase.execute("update policy.hosts set next_request_at = now() + interval '30 seconds'");
        assertThat(due()).as("a watch waits as long as this").isEqualTo(1L);
        TestDatabase.execute("update policy.hosts set next_request_at = now() + interval '1 hour'");
        assertThat(due()).as("no run is opened for nothing").isEqualTo(0L);
    }
}
