package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody else writes the same rows in another order. */
class SeedConflictTest {
    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @Test
    void a_batch_that_a_deadlock_threw_out_is_written_again() throws Exception {
        RIG.seed(RIG.lines("one.ndjson", List.of(asset("k1", "a.gov"), asset("k2", "a.gov"))));
        try (Connection other = TestDatabase.get().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local deadlock_timeout = '1min'"); // so the seed is the one that is thrown out
            statement.execute("update registry.assets set url = 'x' where asset_key = 'k2'");
            CompletableFuture<Map<String, Object>> seed = RIG.seedLater(RIG.lines(
                    "two.ndjson", List.of(asset("k1", "a.gov", "A", "null"), asset("k2", "a.gov", "B", "null"))));
            Await.until(
                    "the batch has the one row and waits for the other",
                    () -> number("select count(*) from pg_locks where not granted") > 0);
            statement.execute("update registry.assets set url = 'y' where asset_key = 'k1'");
            other.commit();
            assertThat(seed.join()).containsEntry("status", "succeeded").containsEntry("updated", 2L);
        }
        assertThat(texts("select name from registry.assets order by asset_key")).containsExactly("A", "B");
        assertThat(text("select string_agg(attempts::text, ',' order by run_id) from ops.requests"))
                .isEqualTo("1,2");
    }
}
