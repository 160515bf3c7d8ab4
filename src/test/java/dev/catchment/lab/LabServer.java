package dev.catchment.lab;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.postgres.Sql;
import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.embedded.SystemServer;
import dev.catchment.support.Await;
import dev.catchment.support.Pools;
import dev.catchment.support.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL that belongs to the lab: it is stopped, started again and crashed as a round wants it; {@link Leavings} ends it. */
final class LabServer {
    private static final Path ROLE_SETTINGS =
            Path.of("sql", "schema", "session", "up", "afterMigrate__set_role_for_batches.sql");

    private static final int DISK_MEGABYTES = 700;

    private final SystemServer server;
    /** Where its data lie; null where no file system can be mounted. */
    private final SmallDisk disk;

    private LabServer(SystemServer server, SmallDisk disk) {
        this.server = server;
        this.disk = disk;
    }

    /** @param leavings where it is written down */
    static LabServer start(Leavings leavings) {
        try {
            SmallDisk disk = disk();
            if (disk != null) {
                leavings.disk(disk.root());
            }
            Path folder = disk == null
                    ? Files.createTempDirectory("lab-postgres")
                    : Files.createDirectory(disk.root().resolve("server"));
            leavings.server(folder);
            LabServer lab = new LabServer(
                    SystemServer.start(folder)
                            .orElseThrow(
                                    () -> new AssertionError(
                                            "The lab needs the PostgreSQL server of the system, with its pg_dump: install postgresql.")),
                    disk);
            lab.server.database("pattern");
            try (Database pattern = Database.open(lab.url("pattern").connectionUrl(), null, 0, Pools.of(6))) {
                new Schema(pattern.dataSource()).up();
            }
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SmallDisk disk() throws IOException {
        try {
            return SmallDisk.tryMount(DISK_MEGABYTES).orElse(null);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody else fills its disk. @return false where that cannot be done */
    boolean fill() {
        if (disk == null) {
            return false;
        }
        try {
            disk.fill(0);
            return true;
        } catch (IOException full) {
            return true;
        }
    }

    /** There is room again, and a server that ended without it is started. */
    void makeRoom() {
        empty();
        startAgain();
    }

    private void empty() {
        try {
            if (disk != null && Files.exists(disk.root().resolve("others"))) {
                disk.makeRoom();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An operator changes a setting for everybody. */
    void set(String name, String value) {
        alter("alter system set " + name + " = '" + value + "'");
    }

    /** And takes all of it back. */
    void reset() {
        alter("alter system reset all");
    }

    private void alter(String sql) {
        try {
            Sql.execute(operator(), sql);
            Sql.ask(operator(), "select pg_reload_conf()");
        } catch (IllegalStateException isAway) {
            startAgain();
        }
    }

    /** All is as it was. */
    void calm() {
        makeRoom();
        Await.until("the settings are those of the beginning", () -> {
            try {
                reset();
                return "on 0"
                        .equals(
                                Sql.ask(
                                        server.url(),
                                        "select (case when current_setting('default_transaction_read_only') = 'off' then 'on' else 'off' end)"
                                                + " || ' ' || (select setting from pg_settings where name = 'statement_timeout')"));
            } catch (IllegalStateException crowdedYet) {
                return false;
            }
        });
    }

    /** Not held up by the settings that it makes for everybody. */
    private DatabaseUrl operator() {
        DatabaseUrl url = server.url();
        Map<String, String> own = Map.of("options", "-c statement_timeout=0 -c default_transaction_read_only=off");
        return new DatabaseUrl(url.hosts(), url.database(), url.user(), url.password(), own);
    }

    private DatabaseUrl url(String database) {
        DatabaseUrl url = server.url();
        return new DatabaseUrl(url.hosts(), database, url.user(), url.password(), Map.of());
    }

    int port() {
        return Integer.parseInt(server.url().hosts().replaceFirst(".*:", ""));
    }

    /** The same database for who comes another way. */
    String urlBy(String host, int port, String database) {
        DatabaseUrl url = server.url();
        return new DatabaseUrl(host + ":" + port, database, url.user(), url.password(), Map.of()).connectionUrl();
    }

    /** A fresh database with the schema up. */
    LabDatabase database(String name) {
        Sql.execute(operator(), "drop database if exists " + name + " with (force)");
        Sql.execute(operator(), "create database " + name + " template pattern");
        try {
            Sql.execute(url(name), Files.readString(ROLE_SETTINGS)); // they are not copied
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LabDatabase(url(name));
    }

    void drop(String name) {
        Sql.execute(operator(), "drop database if exists " + name + " with (force)");
    }

    /** Ends sessions of a database, once there is a connection to say so by. @param most of them */
    void terminate(String database, int most) {
        Await.until("the server lets the operator in", () -> answers(operator()));
        Sql.ask(
                operator(),
                "select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity where datname = '"
                        + database + "' and usename = '" + server.url().user() + "' order by random() limit " + most
                        + ") a");
    }

    /** Stops it; smart waits for three seconds, and then it is stopped fast. */
    synchronized void stop(String mode) {
        try {
            if (!server.stop(mode) && !server.stop("fast")) {
                server.stop("immediate");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void startAgain() {
        try {
            if (!server.isRunning()) {
                startWithRoom();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the server accepts connections", () -> answers(server.url()));
    }

    /** Who restarts it while its disk is full makes room first. */
    private void startWithRoom() throws IOException {
        try {
            server.startAgain();
        } catch (IllegalStateException full) {
            empty();
            server.startAgain();
        }
    }

    private static boolean answers(DatabaseUrl url) {
        try {
            return "1".equals(Sql.ask(url, "select 1"));
        } catch (IllegalStateException notYet) {
            return false;
        }
    }
}
