package dev.catchment.postgres;

import com.zaxxer.hikari.HikariConfig;
import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.connection.Statement;
import dev.catchment.postgres.embedded.WaitLimit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that only read: to a replica, as long as it is up and not too far behind; else to the primary. How far it is
 * behind is told by positions in the write-ahead log and the clock of this process, not by the clocks of the servers: it has
 * whatever was committed before this process asked the primary for a position that the replica has replayed.
 */
final class ReplicaPool extends Pool {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaPool.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Else it would be too far behind before it is looked at again. */
    private static final int LOOKS_A_LAG = 4;

    /** While somebody waits for what he wrote to arrive there. */
    private static final Duration BETWEEN_CLOSE_LOOKS = Duration.ofMillis(100);
    /** A replica that is away is not waited for: the primary is there. */
    private static final long PATIENCE = 2_000;

    private final DatabaseUrl url;
    private final Pool primary;
    private final Duration most;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    /** Position and timeline that the replica is to reach, and the moment before it was asked for; in nanoseconds, as all moments here. */
    private Map<String, Object> position;

    private long positionAt;
    private Long lookedAt;
    private int acts;
    private Long wroteAt;
    private boolean isUp;
    private boolean isPrimaryAway;
    private String why;
    private Long caughtUpTo;
    private Boolean wasRead;

    /**
     * @param connections to the replica
     * @param primary which is read otherwise
     * @param most how far the replica may be behind
     */
    ReplicaPool(DatabaseUrl url, HikariConfig connections, Pool primary, Duration most) {
        super(impatient(connections));
        this.url = url;
        this.primary = primary;
        this.most = most;
    }

    private static HikariConfig impatient(HikariConfig connections) {
        connections.setPoolName("replica");
        connections.setConnectionTimeout(PATIENCE);
        return connections;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isCurrent()) {
            try {
                return super.getConnection();
            } catch (SQLException e) {
                if (!isFull()) {
                    lost(e);
                }
            }
        }
        return primary.getConnection();
    }

    /** Whoever acts sees what he did: from now until it is {@link #acted}, and until the replica has it, the primary is read. */
    synchronized void acts() {
        acts++;
    }

    synchronized void acted() {
        acts--;
        wroteAt = System.nanoTime();
    }

    /** Whether it has all that the primary had when this was asked; waits for that as long as it may be behind. */
    boolean hasAllOfNow() {
        synchronized (this) {
            wroteAt = System.nanoTime();
        }
        long end = System.nanoTime() + most.toNanos();
        while (!isCurrent()) {
            if (why() != null || System.nanoTime() - end > 0) {
                return false;
            }
            WaitLimit.rest(BETWEEN_CLOSE_LOOKS);
        }
        return true;
    }

    /** By the last look, which nobody waits for. */
    private boolean isCurrent() {
        if (isToBeLookedAt() && isLooking.compareAndSet(false, true)) {
            CompletableFuture.runAsync(this::look).whenComplete((none, failure) -> {
                looked();
                isLooking.set(false);
            });
        }
        boolean isRead = mayBeRead();
        tell(isRead);
        return isRead;
    }

    private synchronized boolean isToBeLookedAt() {
        boolean isAwaited = isUp && wroteAt != null && (caughtUpTo == null || caughtUpTo - wroteAt < 0);
        long between = isAwaited
                ? BETWEEN_CLOSE_LOOKS.toNanos()
                : Math.min(BETWEEN_LOOKS.toNanos(), most.toNanos() / LOOKS_A_LAG);
        return lookedAt == null || System.nanoTime() - lookedAt >= between;
    }

    private synchronized void looked() {
        lookedAt = System.nanoTime();
    }

    /** While the primary is away there is nothing newer to be had. */
    private synchronized boolean mayBeRead() {
        boolean isCaughtUp = caughtUpTo != null
                && System.nanoTime() - caughtUpTo <= most.toNanos()
                && (wroteAt == null || caughtUpTo - wroteAt >= 0);
        return isUp && acts == 0 && (isCaughtUp || isPrimaryAway);
    }

    private void look() {
        long now = System.nanoTime();
        boolean isAway = false;
        try (Connection connection = primary.getConnection()) {
            Map<String, Object> current = row(connection, "ops/find-log-position", Map.of());
            if (position == null) {
                position = current;
                positionAt = now;
            }
        } catch (SQLException e) {
            isAway = !primary.isFull();
            LOG.debug("The primary cannot be asked how far its log goes. error={}", line(e));
        }
        try (Connection connection = super.getConnection()) {
            boolean has = position != null
                    && Boolean.TRUE.equals(row(connection, "ops/find-replayed-position", position)
                            .get("has"));
            synchronized (this) {
                isUp = true;
                why = null;
                isPrimaryAway = isAway;
                caughtUpTo = has ? Long.valueOf(positionAt) : caughtUpTo;
            }
            position = has ? null : position;
        } catch (SQLException e) {
            if (!isFull()) {
                lost(e);
            }
        }
    }

    private static Map<String, Object> row(Connection connection, String statement, Map<String, ?> values)
            throws SQLException {
        return Statement.load(statement).rows(connection, values).get(0);
    }

    private synchronized String why() {
        return why;
    }

    private synchronized void lost(SQLException failure) {
        isUp = false;
        why = line(failure);
    }

    private static String line(SQLException failure) {
        return SqlFailureText.line(SqlFailureText.root(failure));
    }

    /** Once a change, unless it is because somebody acts. */
    private synchronized void tell(boolean isRead) {
        boolean isOwnWrite = isUp && (acts > 0 || wroteAt != null && (caughtUpTo == null || caughtUpTo - wroteAt < 0));
        if (lookedAt == null || isOwnWrite || Boolean.valueOf(isRead).equals(wasRead)) {
            return;
        }
        wasRead = isRead;
        if (isRead) {
            LOG.info("Reads go to the replica. database={}", url);
        } else if (isUp) {
            LOG.warn(
                    "The replica is more than {} ms behind, so reads go to the primary until it has caught up. database={}",
                    most.toMillis(),
                    url);
        } else {
            LOG.warn(
                    "The replica cannot be read, so reads go to the primary until it can. database={} error={}",
                    url,
                    why);
        }
    }
}
