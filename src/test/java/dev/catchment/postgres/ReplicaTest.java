package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.Cli;
import dev.catchment.postgres.embedded.SystemServer;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.Pools;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A primary and its streaming replica, as this system has them: what is read where, and who takes over. */
@Tag("process")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicaTest {
    private static final Duration LAG = Duration.ofMillis(800);
    private static final String NAME = "open";

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    private static SystemServer primary;
    private static SystemServer replica;

    @BeforeAll
    static void follow() throws IOException {
        Optional<SystemServer> server = SystemServer.start();
        assumeTrue(server.isPresent(), "this system has no PostgreSQL server with its pg_dump");
        primary = server.get();
        primary.database(NAME);
        replica = primary.replica();
    }

    @AfterAll
    static void stop() throws IOException {
        if (primary != null) {
            primary.close();
        }
        if (replica != null) {
            replica.close();
        }
    }

    private static String urlOf(SystemServer server) {
        return server.url().withDatabase(NAME).connectionUrl();
    }

    private static boolean isReplica(DataSource reads) {
        try (Connection connection = reads.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ask(String sql) {
        return Sql.ask(replica.url().withDatabase(NAME), sql);
    }

    private static void execute(SystemServer server, String sql) {
        Sql.execute(server.url().withDatabase(NAME), sql);
    }

    @Test
    @Order(1)
    void reads_go_to_the_replica_unless_it_is_behind_or_away_or_the_caller_just_wrote() throws Exception {
        try (Database database = Database.open(urlOf(primary), null, 0, Pools.of(5));
                DefaultCamelContext camel = new DefaultCamelContext()) {
            DataSource reads = database.reading(urlOf(replica), LAG, 4, Duration.ofSeconds(5))
                    .dataSource();
            Await.until("the replica follows", () -> isReplica(reads), is -> is);

            Exchange act = new DefaultExchange(camel);
            database.act(act);
            assertThat(isReplica(reads)).as("while somebody acts").isFalse();
            execute(replica, "select pg_wal_replay_pause()");
            execute(primary, "create table public.acted ()");
            act.getExchangeExtension().handoverCompletions().forEach(end -> end.onComplete(act));
            assertThat(isReplica(reads)).as("before the replica has it").isFalse();
            execute(replica, "select pg_wal_replay_resume()");
            Await.until("the replica has it", () -> isReplica(reads), is -> is);

            execute(replica, "select pg_wal_replay_pause()");
            execute(primary, "drop table public.acted");
            Await.until("it is too far behind", () -> isReplica(reads), is -> !is);
            execute(replica, "select pg_wal_replay_resume()");
            Await.until("it has caught up", () -> isReplica(reads), is -> is);

            replica.stop("immediate");
            Await.until("nobody waits for it", () -> isReplica(reads), is -> !is);
            replica.startAgain();
            Await.until("it is there again", () -> isReplica(reads), is -> is);

            primary.stop("immediate");
            Await.until("what can be read is read", () -> isReplica(reads));
            assertThat(isReplica(reads)).isTrue();
            primary.startAgain();
        }
    }

    /** A command that asks after one that wrote sees what that wrote. */
    @Test
    @Order(2)
    void a_command_asks_the_replica_if_it_has_what_was_written_before() throws Exception {
        try (Database database = Database.open(urlOf(primary), null, 0, Pools.of(5))) {
            new Schema(database.dataSource()).up();
        }
        Cli cli =
                Cli.on(urlOf(primary)).with("DATABASE_READ_URL", urlOf(replica)).with("POSTGRES_REPLICA_MAX_LAG", "2s");
        Await.until("the replica has the schema", () -> ask("select to_regclass('ops.runs') is not null"), "t"::equals);
        asks(cli, 1);
        Await.until(
                "the replica was asked",
                () -> ask("select sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)) > 0 from pg_stat_user_tables"
                        + " where relname = 'runs'"),
                "t"::equals);
        execute(replica, "select pg_wal_replay_pause()");
        asks(cli, 2);
        execute(replica, "select pg_wal_replay_resume()");
    }

    private static void asks(Cli cli, int runs) {
        execute(
                primary,
                "insert into ops.runs (room, flow, scope, mode, trigger, node, status, begun_at, started_at, heartbeat_at, finished_at, is_complete)"
                        + " values ('catalog', 'crawl', 'us', 'full', 'cli', 'here', 'succeeded', now(), now(), now(), now(), true)");
        assertThat(cli.run("runs", "--json").endsWith(0).lines()).hasSize(runs);
    }

    /** What was committed is on both, for the primary waits for the replica; all else is fetched again. */
    @Test
    @Order(3)
    void a_crawl_survives_its_primary() throws Exception {
        execute(primary, "alter system set synchronous_standby_names = '*'");
        execute(primary, "select pg_reload_conf()");
        rig.serve(Assets.lines(195)).standIn().setLatency(Duration.ofMillis(100));
        Map<String, String> settings = new HashMap<>(rig.settings());
        String hosts = primary.host() + "," + replica.host();
        settings.put(
                "DATABASE_URL", urlOf(primary).replace(primary.host(), hosts) + "?target_session_attrs=read-write");
        settings.put("postgres.connection-timeout", "2s");
        settings.put("ops.lease", "3s");
        try (CrawlProcess process = CrawlProcess.start(settings, "--fresh")) {
            Await.until("three pages were asked for", () -> rig.requests().size(), requests -> requests >= 3);
            primary.stop("immediate");
            replica.promote();
            try (Database promoted = Database.open(urlOf(replica), null, 0, Pools.of(5))) {
                assertThat(promoted.rows("export/find-lake-position", Map.of()).get(0))
                        .as("an export knows the new timeline before the first checkpoint")
                        .extractingByKey("origin")
                        .asString()
                        .contains("/2/");
            }
            process.exitCode(); // whether it noticed or not
        }
        rig.standIn().setLatency(Duration.ZERO);
        try (CrawlProcess process = CrawlProcess.start(settings)) {
            assertThat(process.exitCode()).as(process.standardError()).isZero();
        }
        try (Database database = Database.open(urlOf(replica), null, 0, Pools.of(5))) {
            assertThat(database.rows("catalog/verify-catalog", Map.of())).isEmpty();
            assertThat(database.rows("catalog/count-catalog", Map.of()).get(0)).containsEntry("datasets", 195L);
            assertThat(
                            ask(
                                    "select count(*) from (select from ops.requests group by run_id, sequence having count(*) > 1) r"))
                    .as("no page twice")
                    .isEqualTo("0");
            assertThat(ask("select count(*) from ops.runs where status = 'running'"))
                    .isEqualTo("0");
        }
    }

    /** What an operator does by mistake. Each node goes to the first that takes writes and that it can reach. */
    @Test
    @Order(4)
    void an_old_primary_that_is_started_again_beside_the_new_one_is_found_by_doctor() throws Exception {
        String both = urlOf(primary).replace(primary.host(), primary.host() + "," + replica.host())
                + "?target_session_attrs=read-write";
        assertThat(servers(Cli.on(both).with("POSTGRES_CONNECTION_TIMEOUT", "1s"), 0))
                .contains("\"warn\"", "Not all can be asked: " + primary.host());
        primary.startAgain();
        assertThat(servers(Cli.on(both), 1))
                .contains("\"fail\"", "More than one takes writes", "timeline 1", "timeline 2")
                .contains(primary.host() + " (system", replica.host() + " (system");
        assertThat(servers(Cli.on(urlOf(replica)).with("DATABASE_READ_URL", urlOf(primary)), 1))
                .contains("More than one takes writes");
        try (Database database = Database.open(both, null, 0, Pools.of(5))) {
            assertThat(database.rows("ops/find-server", Map.of()).get(0)).containsEntry("timeline", 1);
        }
        try (SystemServer copy = replica.replica()) {
            assertThat(servers(Cli.on(urlOf(replica)).with("DATABASE_READ_URL", urlOf(copy)), 0))
                    .contains("One takes writes.");
        }
    }

    private static String servers(Cli cli, int exitCode) {
        return cli.run("doctor", "--offline", "--json").endsWith(exitCode).lines().stream()
                .filter(line -> line.contains("\"servers\""))
                .collect(Collectors.joining("\n"));
    }
}
