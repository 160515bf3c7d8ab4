package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails that wait when the queue moves to the floor, and when it goes back. */
class MessagesMigrationTest {
    private static final String MESSAGES =
            "select concat_ws(' ', kind, status, recipient, message_id, attempts) from policy.messages order by message_id";

    private ScratchDatabase scratch;
    private Schema schema;

    @BeforeEach
    void bringUpToTheStepBefore() {
        scratch = ScratchDatabase.create("messages");
        schema = new Schema(scratch.database().dataSource());
        schema.up();
        goDown();
    }

    private void goDown() {
        for (Schema.Step step : schema.undoable(0)) {
            schema.down(step);
            if (step.script().endsWith("__create_ops_alerts.sql")) {
                return;
            }
        }
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    @Test
    void mails_wait_in_the_one_queue_under_their_ids_and_come_back_without_those_of_other_rooms() throws SQLException {
        scratch.execute("""
                insert into policy.messages (kind, recipient, message_id, status, attempts, claimed_by, last_error, sent_at)
                values ('operators', 'ops@example.org', '1@b', 'pending', 3, null, 'later', null),
                  ('operators', 'ops@example.org', '2@b', 'sending', 1, 'n:1/mail', null, null),
                  ('operators', 'ops@example.org', '3@b', 'sent', 1, null, null, now())""");
        schema.up();
        assertThat(scratch.texts(MESSAGES))
                .containsExactly(
                        "operators pending ops@example.org 1@b 3",
                        "operators sending ops@example.org 2@b 1",
                        "operators sent ops@example.org 3@b 1");
        assertThat(scratch.texts("select distinct room || channel from ops.messages"))
                .containsExactly("policymail");
        scratch.execute("update policy.messages set status = 'cancelled' where status = 'pending'");
        scratch.execute("""
                insert into ops.messages (room, kind, recipient, message_id, content)
                values ('ops', 'incidents', 'ops@example.org', '4@b', '{}')""");
        assertThat(scratch.texts("select message_id from policy.messages"))
                .as("its own alone")
                .hasSize(3);
        goDown();
        assertThat(scratch.texts(MESSAGES))
                .containsExactly(
                        "operators cancelled ops@example.org 1@b 3",
                        "operators sending ops@example.org 2@b 1",
                        "operators sent ops@example.org 3@b 1");
        schema.up();
        assertThat(scratch.texts("select room from ops.messages")).containsExactly("policy", "policy", "policy");
    }
}
