package dev.catchment.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the whole database to a file in the custom format of pg_dump, and reads it back. */
public final class Backup {
    private static final Logger LOG = LoggerFactory.getLogger(Backup.class);
    private static final int KNOWS_TRANSACTION_TIMEOUT = 17;
    /** SQLSTATE of a schema, table, column or function that is not there. */
    private static final Set<String> UNDEFINED = Set.of("3F000", "42P01", "42703", "42883");

    private final Database database;
    private final ClientPrograms programs;

    public Backup(Database database, ClientPrograms programs) {
        this.database = database;
        this.programs = programs;
    }

    /**
     * Writes a backup; it appears whole or not at all.
     *
     * @throws Database.Unusable if there is no pg_dump that fits the server, or it fails, or another process writes to that file
     */
    public void write(Path file) throws IOException {
        requireFit();
        Path whole = file.toAbsolutePath();
        Path draft = whole.resolveSibling("." + whole.getFileName() + ".tmp");
        Files.createDirectories(whole.getParent());
        try (FileChannel ours = FileChannel.open(draft, CREATE, WRITE)) {
            if (ours.tryLock() == null) {
                throw new Database.Unusable(
                        "Another backup writes to %s at this moment, so this one was not begun.".formatted(whole),
                        null);
            }
            try {
                run("pg_dump", "--format=custom", "--file=" + draft, "--dbname=" + address());
                Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
    }

    /**
     * Brings a backup back, all of it or nothing.
     *
     * @param force drop what Catchment holds here before
     * @throws Database.Unusable if the database is not empty, the file is no backup, or pg_restore fails
     */
    public void restore(Path file, boolean force) throws IOException {
        Path wanted = Files.createTempFile("catchment-", ".list");
        try {
            Files.writeString(wanted, contents(file));
            requireNotTooNew();
            requireEmpty(force);
            execute("before");
            run(
                    "pg_restore",
                    "--single-transaction",
                    "--exit-on-error",
                    "--no-owner",
                    "--use-list=" + wanted,
                    "--dbname=" + address(),
                    file.toString());
            execute("after");
        } finally {
            Files.deleteIfExists(wanted);
        }
    }

    /** Without what is granted on future tables of the owner there, who may be unknown here; {@code after} grants it. */
    private String contents(Path file) throws IOException {
        return run("pg_restore", "--list", file.toString())
                .lines()
                .filter(line -> !line.contains(" DEFAULT ACL "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void requireEmpty(boolean force) {
        if (force) {
            requireNobodyAtWork();
            execute("empty");
        } else if ((Long) database.rows("ops/count-objects", Map.of()).get(0).get("objects") > 0) {
            throw new Database.Unusable(
                    "%s is not empty, so nothing was restored. Name an empty database, or give --force: it drops all that Catchment holds there before."
                            .formatted(database.url()),
                    null);
        }
    }

    /** What is under way would be written to a run of the same number in what is restored. */
    private void requireNobodyAtWork() {
        String atWork = atWork();
        if (!atWork.isEmpty()) {
            throw new Database.Unusable(
                    "Somebody is at work on %s: %s. Stop them (catchment nodes lists them), or wait for their lease (ops.lease) to end if they were killed; nothing was changed."
                            .formatted(database.url(), atWork),
                    null);
        }
    }

    private String atWork() {
        try {
            return database.rows("ops/list-nodes", Map.of()).stream()
                    .filter(node -> !"lost".equals(node.get("state")))
                    .map(node -> node.get("kind") + " " + node.get("node"))
                    .collect(Collectors.joining(", "));
        } catch (Database.Unusable failed) {
            SQLException root = SqlFailureText.root(failed);
            if (root == null || !UNDEFINED.contains(root.getSQLState())) {
                throw failed;
            }
            LOG.debug("A schema that is older, or broken, cannot be asked.", failed);
            return "";
        }
    }

    private void execute(String step) {
        String path = "/sql/schema/restore/" + step + ".sql";
        try (InputStream sql = Backup.class.getResourceAsStream(path);
                Connection connection = database.dataSource().getConnection();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        } catch (SQLException | IOException e) {
            throw new Database.Unusable("The step '%s' of the restore failed: %s".formatted(step, e.getMessage()), e);
        }
    }

    private Path find(String name) {
        return programs.find(name)
                .orElseThrow(() -> new Database.Unusable(
                        "There is no %s %s; the embedded PostgreSQL comes without one. %s"
                                .formatted(name, programs.place(), install()),
                        null));
    }

    private void requireFit() throws IOException {
        int own = programs.major(find("pg_dump"));
        if (own < server()) {
            throw new Database.Unusable(
                    "pg_dump is of version %d and the server of version %d: an older pg_dump refuses a newer server. %s"
                            .formatted(own, server(), install()),
                    null);
        }
    }

    /** From version 17 on pg_restore begins with a setting that no older server knows: that would be after it was emptied. */
    private void requireNotTooNew() throws IOException {
        int own = programs.major(find("pg_restore"));
        if (own >= KNOWS_TRANSACTION_TIMEOUT && server() < KNOWS_TRANSACTION_TIMEOUT) {
            throw new Database.Unusable(
                    "pg_restore is of version %d and the server of version %d, which does not know transaction_timeout; nothing was changed. Restore with the client programs of PostgreSQL 16 or older, from a backup that was written with them, or into a server of version %d."
                            .formatted(own, server(), own),
                    null);
        }
    }

    private String install() {
        return "Install the client programs of PostgreSQL %d (Debian: postgresql-client-%d, from apt.postgresql.org if Debian has none; macOS: brew install libpq), or name their folder in postgres.tools."
                .formatted(server(), server());
    }

    private int server() {
        try (Connection connection = database.dataSource().getConnection()) {
            return DatabaseCheck.major(connection);
        } catch (SQLException e) {
            throw SqlFailureText.unusable(database.url(), e);
        }
    }

    private String address() {
        return database.url().connectionUrlWithoutSecrets();
    }

    private String run(String name, String... arguments) throws IOException {
        ClientPrograms.Result result = programs.run(find(name), database.url().password(), List.of(arguments));
        if (result.status() != 0) {
            throw new Database.Unusable("%s failed:%n%s".formatted(name, result.lastWords()), null);
        }
        return result.output();
    }
}
