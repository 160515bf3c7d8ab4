package dev.catchment.support;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.embedded.EmbeddedServer;
import dev.catchment.postgres.embedded.Programs;
import dev.catchment.postgres.embedded.SystemServer;
import java.io.IOException;
import java.io.UncheckedIOException;

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
        EmbeddedServer server = EmbeddedServer.open(Programs.share(Fork.folder("test-postgres")), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        return server.url();
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
