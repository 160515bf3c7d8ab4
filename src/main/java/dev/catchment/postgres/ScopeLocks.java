package dev.catchment.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run per scope at a time, over all processes: session-level advisory locks. One connection holds all those of this
 * process, however many runs are under way, so that they leave the others to work with. A process that dies loses the
 * connection, and with it the locks.
 */
public final class ScopeLocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScopeLocks.class);
    /** A process that was just killed may keep its connection for a moment: that long a lock is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int PULSE_SECONDS = 5;

    private final DataSource dataSource;
    private final Set<String> held = new LinkedHashSet<>();
    /** Holds the locks; null while there are none. */
    private Connection connection;

    public ScopeLocks(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @return whether the lock was had; false if a run over this scope is under way, here or elsewhere */
    public boolean take(String scope) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isHeld(scope)) {
            if (tryToTake(scope)) {
                return true;
            }
            if (System.nanoTime() > end) {
                return false;
            }
            pause();
        }
        return false;
    }

    private synchronized boolean isHeld(String scope) {
        return held.contains(scope);
    }

    private synchronized boolean tryToTake(String scope) throws SQLException {
        try {
            connect();
            return !held.contains(scope) && lock(scope) && held.add(scope);
        } finally {
            letGoIfUnused();
        }
    }

    /** The locks that were lost with a connection are taken again, those that nobody else has by now. */
    private void connect() throws SQLException {
        if (!isAlive()) {
            connection = dataSource.getConnection();
            for (String scope : held) {
                lock(scope);
            }
        }
    }

    /** A connection that does not answer is broken off: it must not come back to the pool with locks on it. */
    private boolean isAlive() throws SQLException {
        if (connection == null || connection.isValid(PULSE_SECONDS)) {
            return connection != null;
        }
        LOG.warn("The connection that held the locks was lost; the next run takes them again. scopes={}", held);
        try (Connection silent = connection) {
            connection = null;
            silent.abort(Runnable::run);
        } catch (SQLException gone) {
            LOG.debug("There is nothing left to be closed.", gone);
        }
        return false;
    }

    private boolean lock(String scope) throws SQLException {
        return call("select pg_try_advisory_lock(hashtextextended(?, 0))", scope);
    }

    private boolean call(String sql, String scope) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, scope);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private void letGoIfUnused() throws SQLException {
        if (held.isEmpty() && connection != null) {
            try (Connection unused = connection) {
                connection = null;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the lock back; does nothing if it is not held, or went with its connection. */
    public synchronized void release(String scope) throws SQLException {
        if (held.remove(scope)) {
            try {
                if (isAlive()) {
                    call("select pg_advisory_unlock(hashtextextended(?, 0))", scope);
                }
            } finally {
                letGoIfUnused();
            }
        }
    }

    @Override
    public synchronized void close() {
        for (String scope : Set.copyOf(held)) {
            try {
                release(scope);
            } catch (SQLException gone) {
                LOG.debug("The connection is gone, and the lock with it. scope={}", scope, gone);
            }
        }
    }
}
