package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Schema;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is claimed when the schema learns of workers, or forgets them. */
class ClaimsMigrationTest {
    private static final String CLAIMED = """
            insert into ops.runs (room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at)
            values ('catalog', 'crawl', 'alive', 'cli', 'full', 'n:1', now(), now(), now()),
              ('catalog', 'crawl', 'dead', 'cli', 'full', 'n:2', '2026-01-01', '2026-01-01', '2026-01-01');
            insert into names.jobs (type, status, attempts, locked_by, locked_at, heartbeat_at)
            values ('parse_dataset', 'running', 1, 'n:1/7', '2026-01-01', now());
            insert into policy.sources (name, url, country, visa_type, fetch_type, claimed_by, heartbeat_at)
            values ('Fees', 'https://www.example.gov/fees', 'GB', 'Student', 'html', 'n:2/3', '2026-01-02');
            insert into policy.messages (kind, recipient, message_id, status, claimed_by, heartbeat_at)
            values ('operators', 'ops@example.org', 'm@example.org', 'sending', 'n:1/mail', now())""";

    private ScratchDatabase scratch;
    private Schema schema;

    @BeforeEach
    void bringUpToTheStepBefore() {
        scratch = ScratchDatabase.create("claims");
        schema = new Schema(scratch.database().dataSource());
        schema.up();
        goDown();
    }

    /** To the step before the one that makes workers known. */
    private void goDown() {
        List<Schema.Step> steps = schema.undoable(0);
        for (Schema.Step step : steps) {
            schema.down(step);
            if (step.script().endsWith("__create_ops_workers.sql")) {
                return;
            }
        }
    }

    @AfterEach
    void drop() {
        scratch.close();
    }

    @Test
    void a_claim_is_held_as_long_as_its_last_heartbeat_said_and_comes_back_with_it() throws SQLException {
        scratch.execute(CLAIMED);
        schema.up();
        assertThat(scratch.texts("select scope || ' ' || ops.is_alive(claimed_by) from ops.runs order by id"))
                .containsExactly("alive true", "dead false");
        assertThat(scratch.texts("select ops.is_alive(claimed_by)::text from names.jobs"))
                .containsExactly("true");
        assertThat(scratch.texts("select ops.is_alive(claimed_by)::text from policy.sources"))
                .containsExactly("false");
        assertThat(scratch.texts("select ops.is_alive(claimed_by)::text from policy.messages"))
                .containsExactly("true");
        goDown();
        assertThat(scratch.texts("select locked_by || (heartbeat_at > locked_at) from names.jobs"))
                .containsExactly("n:1/7true");
        assertThat(scratch.texts("select claimed_by || heartbeat_at::date from policy.sources"))
                .containsExactly("n:2/32026-01-02");
        assertThat(scratch.texts("select status || (heartbeat_at is not null) from policy.messages"))
                .containsExactly("sendingtrue");
    }
}
