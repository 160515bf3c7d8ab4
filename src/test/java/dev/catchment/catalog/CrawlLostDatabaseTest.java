package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.embedded.EmbeddedServer;
import dev.catchment.postgres.embedded.Programs;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Fork;
import dev.catchment.support.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crawl in a process of its own whose database goes away says so in a sentence, and the next one goes on. */
@Tag("process")
class CrawlLostDatabaseTest {
    /** As lines for people show one, and as lines for programs do. */
    private static final String[] STACK_TRACES = {"\tat ", "\\tat ", "stepArray"};

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "INT", "QUIT"})
    void a_server_that_stops_fast_at_once_or_dies_ends_the_crawl_with_one_sentence(String signal) throws Exception {
        rig.serve(Assets.lines(195)).standIn().setLatency(Duration.ofMillis(100));
        Path directory = Programs.share(Fork.folder("lost-postgres"));
        EmbeddedServer server = EmbeddedServer.open(directory, 0);
        try {
            Map<String, String> settings = new HashMap<>(rig.settings());
            settings.put("DATABASE_URL", server.url().connectionUrl());
            settings.put("postgres.connection-timeout", "1s");
            settings.put("ops.lease", "3s");
            try (CrawlProcess process = CrawlProcess.start(settings, "--fresh")) {
                Await.until("three pages were asked for", () -> rig.requests().size(), requests -> requests >= 3);
                String postmaster = Files.readAllLines(directory.resolve("cluster/postmaster.pid"))
                        .get(0);
                new ProcessBuilder("kill", "-" + signal, postmaster).start().waitFor();
                assertThat(process.exitCode()).isEqualTo(1);
                assertOneSentence(process);
            }
            server.close();
            server = EmbeddedServer.open(directory, 0);
            settings.put("DATABASE_URL", server.url().connectionUrl());
            rig.standIn().setLatency(Duration.ZERO);
            try (CrawlProcess process = CrawlProcess.start(settings)) {
                assertThat(process.exitCode()).as(process.standardError()).isZero();
            }
            try (Database database = Database.open(server.url().connectionUrl(), null, 0, Pools.of(5))) {
                assertThat(database.rows("catalog/verify-catalog", Map.of())).isEmpty();
                assertThat(database.rows("catalog/count-catalog", Map.of()).get(0))
                        .containsEntry("datasets", 195L);
                List<Map<String, Object>> runs = database.rows("ops/list-runs", Map.of("most", 1));
                assertThat(runs.get(0).get("resumes")).isNotNull();
            }
        } finally {
            server.close();
        }
    }

    @Test
    void connections_that_an_operator_ends_end_the_crawl_without_stack_traces() throws Exception {
        rig.serve(Assets.lines(195)).standIn().setLatency(Duration.ofMillis(100));
        Path directory = Fork.folder("ended-postgres");
        EmbeddedServer server = EmbeddedServer.open(directory, 0);
        Map<String, String> settings = new HashMap<>(rig.settings());
        settings.put("DATABASE_URL", server.url().connectionUrl());
        try (CrawlProcess process = CrawlProcess.start(settings, "--fresh")) {
            Await.until("three pages were asked for", () -> rig.requests().size(), requests -> requests >= 3);
            try (Connection operator = DriverManager.getConnection(
                            server.url().jdbcUrl(),
                            server.url().user(),
                            server.url().password());
                    Statement statement = operator.createStatement()) {
                operator.setAutoCommit(false);
                // A connection that is idle is replaced unnoticed; one that waits for this lock is at a statement.
                statement.execute("lock table catalog.socrata_datasets in access exclusive mode");
                while (!process.hasEnded()) {
                    // Within a transaction the view stays as it was looked at first.
                    statement.execute("select pg_sleep(0.1), pg_stat_clear_snapshot()");
                    statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where wait_event_type = 'Lock' and pid <> pg_backend_pid()");
                }
            }
            assertThat(process.exitCode()).isEqualTo(1);
            assertThat(process.standardError() + process.standardOutput())
                    .contains("The database was lost")
                    .doesNotContain(STACK_TRACES);
        } finally {
            server.close();
        }
    }

    private static void assertOneSentence(CrawlProcess process) {
        String said = process.standardError() + process.standardOutput();
        assertThat(said).doesNotContain(STACK_TRACES).doesNotContain("Internal error");
        assertThat(process.standardError().lines().filter(line -> line.startsWith("catchment: ")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("database was lost", "what is committed is safe", "resumes from its cursor"));
    }
}
