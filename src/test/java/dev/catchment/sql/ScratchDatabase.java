package dev.catchment.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.support.Pools;
import dev.catchment.support.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/**
 * An empty database of its own on the server of the test run, dropped at the end. Its sessions are in an awkward time
 * zone: who mixes local time with UTC is found out.
 */
public final class ScratchDatabase implements AutoCloseable {
    private static final Path ROLE_SETTINGS =
            Path.of("sql", "schema", "session", "up", "afterMigrate__set_role_for_batches.sql");

    private static String template;

    private final String name;
    private final Database database;

    private ScratchDatabase(String name) {
        this.name = name;
        this.database = Database.open(connectionUrl(), null, 0, Pools.of(6));
    }

    /** @param name of the database, a lower-case word */
    public static ScratchDatabase create(String name) {
        return create(name, "");
    }

    private static ScratchDatabase create(String name, String options) {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu")); // the driver makes it the zone of every session
        return replace(name + "_" + ProcessHandle.current().pid(), options);
    }

    private static ScratchDatabase replace(String unique, String options) {
        execute(TestServer.url(), "drop database if exists " + unique + " with (force)");
        execute(TestServer.url(), "create database " + unique + options);
        if (!options.isEmpty()) {
            execute(url(unique), roleSettings()); // they are not copied
        }
        return new ScratchDatabase(unique);
    }

    private static String roleSettings() {
        try {
            return Files.readString(ROLE_SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatabaseUrl url(String name) {
        DatabaseUrl url = TestServer.url();
        return new DatabaseUrl(url.hosts(), name, url.user(), url.password(), Map.of());
    }

    /** One with the schema up: a copy of a first one, which costs a tenth of taking all steps again. */
    public static synchronized ScratchDatabase withSchema(String name) {
        if (template == null) {
            // Each process of the tests has a server of its own, and the next one replaces it.
            ScratchDatabase first = replace("schema", "");
            new Schema(first.database.dataSource()).up();
            first.database.close(); // a database that somebody is connected to cannot be copied
            template = first.name;
        }
        return create(name, " template " + template);
    }

    public Database database() {
        return database;
    }

    /** What DATABASE_URL would say. */
    public String connectionUrl() {
        return url(name).connectionUrl();
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of every row as text. */
    public List<String> texts(String sql) {
        return texts(database, sql);
    }

    /** The only value of a query. */
    public String text(String sql) {
        List<String> texts = texts(sql);
        assertThat(texts).as(sql).hasSize(1);
        return texts.get(0);
    }

    public static List<String> texts(Database database, String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void execute(DatabaseUrl url, String sql) {
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        database.close();
        drop();
    }

    private void drop() {
        execute(TestServer.url(), "drop database if exists " + name + " with (force)");
    }
}
