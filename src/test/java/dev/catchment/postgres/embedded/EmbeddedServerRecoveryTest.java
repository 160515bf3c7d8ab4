package dev.catchment.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.Sql;
import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.support.Pools;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerRecoveryTest {

    @TempDir
    Path folder;

    private ServerDirectory directory;

    @AfterEach
    void clear() throws Exception {
        Sandbox.killAll(directory);
    }

    @Test
    void recovers_what_was_committed_when_everything_was_killed() throws Exception {
        directory = Sandbox.usedDirectory();
        Process user = Sandbox.user(directory, folder.resolve("said"));
        DatabaseUrl url = Sandbox.awaitUp(folder.resolve("said"));
        Sql.execute(url, "drop table if exists kept; create table kept as select 7 as number");
        user.destroyForcibly().waitFor();
        Sandbox.killAll(directory);
        assertThat(directory.cluster().resolve("postmaster.pid")).exists();

        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(Sql.ask(next.url(), "select number from kept")).isEqualTo("7");
        }
        assertThat(Files.readString(directory.log())).contains("automatic recovery in progress");
    }

    @Test
    void is_started_again_where_it_was_while_its_users_run() throws Exception {
        directory = Sandbox.usedDirectory();
        try (Database database = Database.open(null, directory.root(), 0, Pools.of(4))) {
            DatabaseUrl url = database.url();
            Sql.execute(url, "drop table if exists kept; create table kept as select 8 as number");
            database.revive();
            long postmaster = Sandbox.postmaster(directory);
            Sandbox.killAll(directory);
            database.revive();

            assertThat(Sandbox.postmaster(directory)).isNotEqualTo(postmaster);
            assertThat(Sql.ask(url, "select number from kept")).isEqualTo("8");
            // The pool may hand out a dead connection that it used half a second ago without a look at it.
            Sandbox.await("a connection of the pool", () -> isAlive(database));
        }
    }

    private static boolean isAlive(Database database) {
        try (java.sql.Connection connection = database.dataSource().getConnection()) {
            return connection.isValid(5);
        } catch (java.sql.SQLException dead) {
            return false;
        }
    }

    @Test
    void starts_while_a_session_of_the_killed_postmaster_still_runs() throws Exception {
        directory = Sandbox.usedDirectory();
        EmbeddedServer server = EmbeddedServer.open(directory.root(), 0);
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> Sql.execute(
                server.url(), "select count(*) from generate_series(1, 1500000) n where md5(n::text) = ''"));
        Sandbox.await(
                "a busy session",
                () -> Sql.ask(
                                server.url(),
                                "select count(*) from pg_stat_activity where query like '%generate_series%' and state = 'active'"
                                        + " and pid <> pg_backend_pid()")
                        .equals("1"));
        ProcessHandle.of(Sandbox.postmaster(directory)).orElseThrow().destroyForcibly();
        Sandbox.await("the death", () -> Postmaster.running(directory).isEmpty());

        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(Sql.ask(next.url(), "select 1")).isEqualTo("1");
        }
        assertThat(busy.handle((done, lost) -> "over")).succeedsWithin(Duration.ofMinutes(5));
        server.close();
    }

    @Test
    void passes_over_a_lock_file_whose_process_number_another_program_has_now() throws Exception {
        directory = Sandbox.usedDirectory();
        Path left = directory.cluster().resolve("postmaster.pid");
        Files.writeString(left, ProcessHandle.current().pid() + "\n" + directory.cluster() + "\n1\n5432\n");

        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(Sql.ask(next.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void begins_anew_after_a_kill_in_the_midst_of_making_the_data() throws Exception {
        directory = Sandbox.directory(folder, "postgres");
        Process user = Sandbox.user(directory, folder.resolve("said"));
        Sandbox.await("a half made cluster", () -> parts().anyMatch(part -> Files.exists(part.resolve("PG_VERSION"))));
        // Its initdb goes on alone, as after a real kill.
        user.destroyForcibly().waitFor();
        assertThat(directory.cluster()).doesNotExist();

        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(Sql.ask(next.url(), "select 1")).isEqualTo("1");
        }
        Sandbox.await("an empty folder", () -> {
            EmbeddedServer.open(directory.root(), 0).close();
            return parts().findAny().isEmpty();
        });
    }

    private Stream<Path> parts() throws Exception {
        try (Stream<Path> found = Files.list(directory.root())) {
            return found.filter(path -> path.getFileName().toString().startsWith("cluster-part-")).toList().stream();
        }
    }

    @Test
    void takes_another_port_when_the_kept_one_is_taken() throws Exception {
        directory = Sandbox.usedDirectory();
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(directory.port(), other.getLocalPort() + "\n", StandardOpenOption.CREATE);

            try (EmbeddedServer server = EmbeddedServer.open(directory.root(), 0)) {
                assertThat(server.url().hosts()).isNotEqualTo("127.0.0.1:" + other.getLocalPort());
                assertThat(server.url().hosts())
                        .endsWith(":" + Files.readString(directory.port()).strip());
            }
        }
    }
}
