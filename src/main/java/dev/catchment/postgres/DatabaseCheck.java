package dev.catchment.postgres;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.connection.Statement;
import dev.catchment.postgres.embedded.ServerDatabase;
import dev.catchment.postgres.embedded.WaitLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a database can be used at all. */
record DatabaseCheck(DatabaseUrl url, Pool pool) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);
    private static final int OLDEST = 14;
    private static final Duration BETWEEN_KNOCKS = Duration.ofSeconds(1);

    /** @throws Database.Unusable if it cannot be reached, lets us not in, or is too old */
    void run() {
        try {
            knock();
            try (Connection connection = pool.getConnection()) {
                requireVersion(connection);
            }
        } catch (SQLException e) {
            throw SqlFailureText.unusable(url, e);
        }
    }

    /** As {@link Database#awaitServer}. */
    static void await(DatabaseUrl url) {
        boolean isTold = false;
        while (!isUp(url)) {
            if (!isTold) {
                LOG.info("The database accepts no connections yet; waiting until it does. database={}", url);
                isTold = true;
            }
            WaitLimit.rest(BETWEEN_KNOCKS);
        }
        if (isTold) {
            LOG.info("The database accepts connections. database={}", url);
        }
    }

    private static boolean isUp(DatabaseUrl url) {
        try {
            ServerDatabase.connect(url).close();
            return true;
        } catch (SQLException e) {
            if (ServerDatabase.isPassing(e)) {
                return false;
            }
            throw SqlFailureText.unusable(url, e);
        }
    }

    /** What no patience helps against is told at once; the pool waits for a server that is about to start. */
    private void knock() throws SQLException {
        try {
            ServerDatabase.connect(url).close();
        } catch (SQLException e) {
            if (!ServerDatabase.isPassing(e)) {
                throw e;
            }
            LOG.info(
                    "The database accepts no connections yet; trying again. milliseconds={} database={}",
                    pool.getConnectionTimeout(),
                    url);
        }
    }

    private static void requireVersion(Connection connection) throws SQLException {
        int version = major(connection);
        if (version < OLDEST) {
            throw new Database.Unusable(
                    "The server is PostgreSQL %d; Catchment needs 14 or newer. Name a newer one in DATABASE_URL."
                            .formatted(version),
                    null);
        }
    }

    /** The major version of the server. */
    static int major(Connection connection) throws SQLException {
        return Integer.parseInt(Statement.parse("version", "show server_version_num")
                        .rows(connection, Map.of())
                        .get(0)
                        .get("server_version_num")
                        .toString())
                / 10_000;
    }
}
