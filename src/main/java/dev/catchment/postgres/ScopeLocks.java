package dev.catchment.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run per scope at a time, over all processes: a session-level advisory lock on a connection of its own. A process
 * that dies loses the connection, and with it the lock.
 */
public final class ScopeLocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScopeLocks.class);
    /** A process that was just killed may keep its connection for a moment: that long a lock is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final Map<String, Connection> held = new ConcurrentHashMap<>();

    public ScopeLocks(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @return whether the lock was had; false if a run over this scope is under way, here or elsewhere */
    public boolean take(String scope) throws SQLException {
        if (held.containsKey(scope)) {
            return false;
        }
        Connection connection = dataSource.getConnection();
        try {
            if (waitFor(connection, scope) && held.putIfAbsent(scope, connection) == null) {
                return true;
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return false;
    }

    private static boolean waitFor(Connection connection, String scope) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (call(connection, "select pg_try_advisory_lock(hashtextextended(?, 0))", scope)) {
                return true;
            }
            pause();
        } while (System.nanoTime() < end);
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean call(Connection connection, String sql, String scope) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, scope);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Gives the lock back; does nothing if it is not held. */
    public void release(String scope) throws SQLException {
        Connection connection = held.remove(scope);
        if (connection != null) {
            try (connection) {
                call(connection, "select pg_advisory_unlock(hashtextextended(?, 0))", scope);
            }
        }
    }

    @Override
    public void close() {
        for (String scope : held.keySet()) {
            try {
                release(scope);
            } catch (SQLException gone) {
                LOG.debug("The connection is gone, and the lock with it. scope={}", scope, gone);
            }
        }
    }
}
