package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A walk whose database goes away says nothing of its source. */
class HarvestLostDatabaseTest {
    @RegisterExtension
    final HarvestRig rig = new HarvestRig();

    @Test
    void a_walk_that_lost_the_database_counts_as_no_failure_of_its_source_which_is_due_at_once() throws Exception {
        rig.standIn("""
                total: /count
                order: { by: key, stable: true }
                page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
                """).serve(HarvestRig.datasets(30));
        rig.service();
        CompletableFuture<Map<String, Object>> walk;
        DatabaseUrl url = TestDatabase.get().url();
        try (Connection operator = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            // Who writes a page waits for this lock, at a statement, and is ended there.
            statement.execute("lock table harvest.records in access exclusive mode");
            walk = rig.harvestLater();
            while (!walk.isDone()) {
                statement.execute("select pg_sleep(0.1), pg_stat_clear_snapshot()");
                statement.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where wait_event_type = 'Lock' and datname = current_database() and pid <> pg_backend_pid()");
            }
        }
        assertThat((String) walk.get().get("error")).contains("The database was lost");
        assertThat(text("select concat_ws(' ', health, failures, due_at <= now(), claimed_by) from harvest.sources"))
                .isEqualTo("never 0 t");
        assertThat(rig.harvest()).containsEntry("status", "succeeded").containsEntry("added", 30L);
    }
}
