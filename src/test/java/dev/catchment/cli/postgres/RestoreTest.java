package dev.catchment.cli.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.Cli;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.embedded.SystemServer;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Await;
import dev.catchment.support.PolicyRows;
import dev.catchment.support.Pools;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore by the programs of this system, against a server of their version; skipped where there is none. */
class RestoreTest {
    @TempDir
    private Path folder;

    private static SystemServer server() throws IOException {
        Optional<SystemServer> server = SystemServer.start();
        assumeTrue(server.isPresent(), "this system has no pg_dump with a PostgreSQL server of its version");
        return server.get();
    }

    private Cli on(String url) throws IOException {
        return Cli.on(url).with("DATA_DIR", folder.resolve("data").toString()).with("NAMES_LARGE_RELEASE", "2");
    }

    /** One release with a partition of its own, one that replaced part of it, and one among the shared figures. */
    private Cli filled(String url) throws IOException {
        Cli cli = on(url);
        cli.run("load", file("yob1880.txt", "Mary,F,7065\r\nJohn,M,9655\r\n")).endsWith(0);
        cli.run("load", file("yob1881.txt", "Mary,F,6919\r\n")).endsWith(0);
        cli.run("load", file("again/yob1880.txt", "Mary,F,7066\r\nJohn,M,9655\r\n"))
                .endsWith(0);
        try (Database database = database(cli)) {
            PolicyRows policies = new PolicyRows(database);
            policies.source("GB Fees", "GB");
            policies.version("GB Fees", "The fee is 100 pounds.\n");
            policies.version("GB Fees", "The fee is 120 pounds.\n");
        }
        return cli;
    }

    private static Database database(Cli cli) {
        return Database.open(cli.environment().get("DATABASE_URL"), null, 0, Pools.of(4));
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private static List<Map<String, Object>> held(Cli cli) {
        try (Database database = database(cli)) {
            return database.rows("names/list-releases", Map.of());
        }
    }

    @Test
    void what_was_backed_up_is_restored_into_an_empty_database_and_goes_on() throws IOException {
        try (SystemServer server = server()) {
            Cli from = filled(server.database("original"));
            String dump = folder.resolve("backup/catchment.dump").toString();
            Cli.Said said = from.run("backup", "--out", dump).endsWith(0);
            assertThat(said.out()).contains("Wrote " + dump).doesNotContain(server.password());
            assertThat(Files.list(Path.of(dump).getParent()))
                    .as("no draft is left")
                    .hasSize(1);

            Cli to = on(server.database("copy"));
            to.run("restore", dump).endsWith(0);
            assertThat(held(to)).isEqualTo(held(from)).hasSize(3);
            assertThat(to.run("names", "top", "--country", "US", "--year", "1880")
                            .endsWith(0)
                            .out())
                    .isEqualTo(from.run("names", "top", "--country", "US", "--year", "1880")
                            .out())
                    .contains("Mary", "7066");
            to.run("verify", "names").endsWith(0);
            assertThat(to.run("verify", "policy").endsWith(0).out()).contains("2 versions of 1 sources");
            assertThat(to.run("schema", "up").endsWith(0).out()).contains("up to date");

            to.run("load", file("yob1882.txt", "Ida,F,5\r\nAnna,F,6\r\n")).endsWith(0);
            expectReadable(to);
        }
    }

    /**
     * What was numbered after the backup is lost, and its numbers were read: the reader goes on after them, and what happens
     * from then on must have higher ones; so must what waited for its number when the backup was made.
     */
    @Test
    void whoever_follows_the_changes_misses_nothing_after_a_restore() throws Exception {
        try (SystemServer server = server()) {
            Cli cli = on(server.database("original"));
            cli.run("schema", "up").endsWith(0);
            String dump = folder.resolve("catchment.dump").toString();
            List<Long> known;
            try (Database database = database(cli)) {
                execute(database, """
                        insert into harvest.kinds (name, hash, declaration, mapping, query)
                        values ('ckan', repeat('a', 64), '{}', '', '');
                        insert into harvest.sources (name, kind, url, host) values
                          ('north', 'ckan', 'https://north.example', 'north.example')""");
                happen(database, "added", 3);
                publish(database);
                happen(database, "changed", 2);
                cli.run("backup", "--out", dump).endsWith(0);
                publish(database);
                happen(database, "retired", 40);
                publish(database);
                known = numbers(database, 0);
                assertThat(known).hasSize(45);
            }
            long last = known.get(known.size() - 1);

            cli.run("restore", "--force", dump).endsWith(0);
            try (Database database = database(cli)) {
                happen(database, "renamed", 2);
                publish(database);
                happen(database, "undone", 1);
                publish(database);
                assertThat(changes(database, last))
                        .as("after %d", last)
                        .containsExactly("changed", "changed", "renamed", "renamed", "undone");
                assertThat(numbers(database, 0)).hasSize(8).doesNotHaveDuplicates();
                assertThat(changes(database, 3)).as("of one who was behind").hasSize(5);
            }
        }
    }

    private static void happen(Database database, String change, int times) throws SQLException {
        execute(
                database,
                "insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at) "
                        + "select gen_random_uuid(), 1, '%s', 1, now() from generate_series(1, %d)"
                                .formatted(change, times));
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void publish(Database database) {
        database.rows("harvest/publish-changes", Map.of());
    }

    private static List<Map<String, Object>> after(Database database, long number) {
        Map<String, Object> asked = new HashMap<>(Map.of("after", number));
        List.of("source", "change", "most").forEach(any -> asked.put(any, null));
        return database.rows("harvest/list-changes-after", asked);
    }

    private static List<Long> numbers(Database database, long after) {
        return after(database, after).stream()
                .map(row -> (Long) row.get("number"))
                .toList();
    }

    private static List<String> changes(Database database, long after) {
        return after(database, after).stream()
                .map(row -> (String) row.get("change"))
                .toList();
    }

    /** By the role that reads, those included that were made after the restore. */
    private static void expectReadable(Cli cli) {
        try (Database database = database(cli)) {
            assertThat(ScratchDatabase.texts(
                            database,
                            "select tablename from pg_tables where schemaname = 'names' and not has_table_privilege("
                                    + "'api_readonly', format('%I.%I', schemaname, tablename), 'select')"))
                    .isEmpty();
        }
    }

    @Test
    void a_database_that_is_not_empty_is_left_alone_but_for_force() throws IOException {
        try (SystemServer server = server()) {
            Cli from = filled(server.database("original"));
            String dump = folder.resolve("catchment.dump").toString();
            from.run("backup", "--out", dump).endsWith(0);
            List<Map<String, Object>> before = held(from);

            assertThat(from.run("restore", dump).endsWith(1).err()).contains("is not empty", "--force");
            from.run("load", file("yob1882.txt", "Ida,F,5\r\nAnna,F,6\r\n")).endsWith(0);
            List<String> known = known(from);
            beats(from, "interval '0'");
            assertThat(from.run("restore", "--force", dump).endsWith(1).err())
                    .contains("at work", "service other:7", "nothing was changed");
            beats(from, "interval '1 hour'");
            from.run("restore", "--force", dump).endsWith(0);
            assertThat(held(from)).isEqualTo(before);
            from.run("verify", "names").endsWith(0);
            assertThat(known(from))
                    .as("a lake begins anew, and a page that was under way is that of another database")
                    .hasSize(2)
                    .doesNotContainAnyElementsOf(known);
        }
    }

    @Test
    void a_backup_is_not_begun_while_another_one_writes_to_the_same_file() throws IOException {
        try (SystemServer server = server()) {
            Cli cli = filled(server.database("original"));
            Path dump = folder.resolve("catchment.dump");
            Process other = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            folder.resolve(".catchment.dump.tmp").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                Await.until("it holds the file", () -> Files.exists(folder.resolve(".catchment.dump.tmp.held")));
                assertThat(cli.run("backup", "--out", dump.toString())
                                .endsWith(1)
                                .err())
                        .contains("Another backup writes to " + dump);
            } finally {
                other.destroyForcibly().onExit().join();
            }
            assertThat(dump).doesNotExist();
            cli.run("backup", "--out", dump.toString()).endsWith(0);
            assertThat(folder.resolve(".catchment.dump.tmp")).doesNotExist();
        }
    }

    /** Holds a file as a backup that is being written does, until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] file) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(file[0]), CREATE, WRITE)) {
                channel.lock();
                Files.createFile(Path.of(file[0] + ".held"));
                LockSupport.park();
            }
        }
    }

    /** Another service, whose last heartbeat was so long ago. */
    private static void beats(Cli cli, String ago) {
        try (Database database = database(cli);
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into ops.nodes (id, name, rooms, version, step, started_at, heartbeat_at, lease) values"
                            + " ('other:7/1', 'other:7', '{}', '0', 1, now() - interval '2 hours', now(), interval '45 s')"
                            + " on conflict (id) do update set heartbeat_at = now() - " + ago);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By what others know this database again. */
    private static List<String> known(Cli cli) {
        try (Database database = database(cli)) {
            Object origin =
                    database.rows("export/find-lake-position", Map.of()).get(0).get("origin");
            return List.of(
                    origin.toString(),
                    ScratchDatabase.texts(database, "select ops.database_id()").get(0));
        }
    }

    @Test
    void what_is_no_backup_is_refused_before_anything_is_dropped() throws IOException {
        try (SystemServer server = server()) {
            Cli cli = filled(server.database("original"));
            List<Map<String, Object>> before = held(cli);
            assertThat(cli.run("restore", "--force", file("notes.txt", "no backup"))
                            .endsWith(1)
                            .err())
                    .contains("pg_restore failed", "archive");
            assertThat(held(cli)).isEqualTo(before);
        }
    }
}
