package dev.catchment.support;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.embedded.EmbeddedServer;
import dev.catchment.postgres.embedded.Programs;
import dev.catchment.postgres.embedded.SystemServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The PostgreSQL of a test run, one for the virtual machine: the embedded one, or with {@code -Dtest.server=system} the
 * one this system has, as its distribution sets it up.
 */
public final class TestServer {
    private static DatabaseUrl url;

    private TestServer() {}

    /** The address of its maintenance database; it is started once, for to start it costs half a second. */
    public static synchronized DatabaseUrl url() {
        if (url == null) {
            url = isSystem() ? system() : embedded();
        }
        return url;
    }

    private static boolean isSystem() {
        return "system".equals(System.getProperty("test.server"));
    }

    private static DatabaseUrl embedded() {
        Path directory = Programs.share(Fork.folder("test-postgres"));
        EmbeddedServer server = EmbeddedServer.open(directory, 0);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        try {
            askForPasswords(directory.resolve("cluster/pg_hba.conf"), server.url());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.url();
    }

    /**
     * The server computes what SCRAM lets the client compute: in Java, without its best compiler, it took an eighth of the
     * time of all tests. The tests of the embedded server connect as users do.
     */
    private static void askForPasswords(Path rules, DatabaseUrl url) throws IOException, SQLException {
        Files.writeString(rules, Files.readString(rules).replaceAll("\\bscram-sha-256\\b", "password"));
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement reload = connection.createStatement()) {
            reload.execute("select pg_reload_conf()");
        }
    }

    private static DatabaseUrl system() {
        try {
            SystemServer server = SystemServer.start()
                    .orElseThrow(() -> new AssertionError("this system has no PostgreSQL server with its pg_dump"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            return server.url();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
