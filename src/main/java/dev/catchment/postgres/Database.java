package dev.catchment.postgres;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.connection.Statement;
import dev.catchment.postgres.embedded.EmbeddedServer;
import dev.catchment.postgres.rows.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The database in use: the one DATABASE_URL names, else the embedded one, with a pool of connections to it. */
public final class Database implements AutoCloseable {
    private final DatabaseUrl url;
    private final EmbeddedServer server;
    private volatile boolean isServerLeft;
    private final Pool pool;
    private final PoolSettings settings;
    private Pool reads;
    private ReplicaPool replica;
    private DataSource asked;

    private Database(DatabaseUrl url, EmbeddedServer server, PoolSettings settings) {
        this.url = url;
        this.server = server;
        this.settings = settings;
        this.pool = new Pool(url, settings);
        this.asked = pool;
    }

    /** A database that cannot be used; the message says why and what to do, without a password. */
    public static final class Unusable extends RuntimeException {
        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * @param databaseUrl what DATABASE_URL says, null or blank for the embedded server
     * @param directory of the embedded server's data
     * @param port of the embedded server; 0 takes a free one
     * @param settings of the connections
     * @throws Unusable if there is no PostgreSQL 14 or newer to be had there
     */
    public static Database open(String databaseUrl, Path directory, int port, PoolSettings settings) {
        boolean own = databaseUrl == null || databaseUrl.isBlank();
        EmbeddedServer server = own ? EmbeddedServer.open(directory, port) : null;
        Database database = null;
        try {
            DatabaseUrl url = own ? server.url() : DatabaseUrl.parse(databaseUrl.strip());
            database = new Database(url, server, settings);
            new DatabaseCheck(url, database.pool).run();
            return database;
        } catch (RuntimeException e) {
            if (database != null) {
                database.close();
            } else if (server != null) {
                server.close();
            }
            throw e;
        }
    }

    /** One that nobody knows whether it is there: it is asked for the first time when it is used. */
    public static Database unchecked(String databaseUrl, PoolSettings settings) {
        return new Database(DatabaseUrl.parse(databaseUrl), null, settings);
    }

    /**
     * Waits until the server takes connections, however long that is.
     *
     * @param databaseUrl what DATABASE_URL says
     * @throws Unusable if no patience helps: it lets us not in, or has no such database
     */
    public static void awaitServer(String databaseUrl) {
        DatabaseCheck.await(DatabaseUrl.parse(databaseUrl.strip()));
    }

    public DatabaseUrl url() {
        return url;
    }

    public boolean isEmbedded() {
        return server != null;
    }

    public DataSource dataSource() {
        return pool;
    }

    /**
     * Runs statements that only read, on connections of their own, so that they take none of a run's.
     *
     * @param replicaUrl what DATABASE_READ_URL says: where they are read, as long as it follows; null or blank: here
     * @param lag how far the replica may be behind
     * @param most how many connections
     * @param patience how long the server may work on one answer
     */
    public synchronized StatementComponent reading(String replicaUrl, Duration lag, int most, Duration patience) {
        if (reads == null) {
            reads = Pool.ofReads(url, settings, most, patience);
            if (replicaUrl != null && !replicaUrl.isBlank()) {
                DatabaseUrl there = DatabaseUrl.parse("DATABASE_READ_URL", replicaUrl.strip());
                replica = new ReplicaPool(there, Pool.reads(there, settings, most, patience), reads, lag);
            }
        }
        return new StatementComponent(replica == null ? reads : replica);
    }

    /**
     * Asks a replica from now on, if it has all that this database has, or will have before it is too far behind: for a command
     * that only asks, maybe after one that wrote.
     *
     * @param replicaUrl what DATABASE_READ_URL says
     */
    public synchronized void askReplica(String replicaUrl, Duration lag) {
        DatabaseUrl there = DatabaseUrl.parse("DATABASE_READ_URL", replicaUrl.strip());
        replica = new ReplicaPool(there, Pool.config(there, settings), pool, lag);
        asked = replica.hasAllOfNow() ? replica : pool;
    }

    /** Whoever acts reads what he did: not from a replica, until it has that. */
    public void act(Exchange exchange) {
        ReplicaPool followed = replica();
        if (followed != null) {
            followed.acts();
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    followed.acted();
                }
            });
        }
    }

    private synchronized ReplicaPool replica() {
        return replica;
    }

    /**
     * What the database holds now, to be read as one: as {@code api_readonly} where the server lets us, without a limit of
     * time, and from no replica, which might end it. It holds a connection until it is closed.
     *
     * @throws IllegalStateException before {@link #reading} said how many connections there are for it
     */
    public synchronized Snapshot snapshot() throws SQLException {
        if (reads == null) {
            throw new IllegalStateException("There are no connections for reads.");
        }
        return Snapshot.open(reads);
    }

    Pool pool() {
        return pool;
    }

    /** Runs a statement file in a transaction of its own. */
    public List<Map<String, Object>> rows(String statement, Map<String, ?> values) {
        try (Connection connection = asked.getConnection()) {
            return Statement.load(statement).rows(connection, values);
        } catch (SQLException e) {
            throw new Unusable(
                    "The statement %s failed: %s.".formatted(statement, SqlFailureText.line(SqlFailureText.root(e))),
                    e);
        }
    }

    /** Runs a statement file and hands on its rows as they come, however many there are. */
    public void eachRow(String statement, Map<String, ?> values, Consumer<Map<String, Object>> take) {
        try (Connection connection = asked.getConnection()) {
            connection.setAutoCommit(false); // else the driver fetches all rows at once
            Statement.load(statement).eachRow(connection, values, take);
            connection.commit();
        } catch (SQLException e) {
            throw new Unusable("The statement %s failed: %s".formatted(statement, e.getMessage()), e);
        }
    }

    /**
     * What a failure is in truth: with a full disk beneath it, an {@link Unusable} in one sentence. An embedded server,
     * which may have stopped, is then up again on the room kept for this, so that the run can be closed.
     *
     * @param next what comes once there is room
     */
    public Throwable survive(Throwable failure, String next) {
        if (!DiskFull.isSaid(failure) && !(server != null && DiskFull.mayHaveStopped(failure) && server.isDiskFull())) {
            return failure;
        }
        if (server == null) {
            return new Unusable(SqlFailureText.diskFull(url, failure, next), failure);
        }
        String words = server.fullWords(next);
        server.survive();
        return new Unusable(words, failure);
    }

    /**
     * Whether the server is what failed and not what was asked of it: it is gone, starting, or out of disk, memory or
     * connections.
     */
    public boolean isAtFault(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Unusable) {
                return true;
            }
        }
        return LostConnection.isBeneath(failure) || DiskFull.isShort(failure);
    }

    /** The same, or all connections of this process are in use: whoever asked is not to blame. */
    public boolean isOutOfReach(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLTransientConnectionException) {
                return true;
            }
        }
        return isAtFault(failure);
    }

    /**
     * Nothing is begun on a full disk: it would use up the room kept for it, and the server could not start any more.
     *
     * @throws Unusable if there is no room
     */
    public void requireRoom() {
        if (server != null && !server.hasRoom()) {
            throw new Unusable(server.fullWords("try again"), null);
        }
    }

    /** The number of the last step of the schema that this program knows. */
    public int knownStep() {
        return SchemaFiles.last();
    }

    /** @throws Unusable if a step of the schema is not applied */
    public void requireSchema() {
        new Schema(pool).requireUp();
    }

    /** Starts an embedded server again that is gone; a server of one's own is its owner's. */
    public void revive() {
        if (server != null) {
            server.revive();
        }
    }

    /** Closes the connections, and leaves an embedded server running for whoever comes next. */
    public void leave() {
        closePools();
    }

    private synchronized void closePools() {
        pool.close();
        if (replica != null) {
            replica.close();
        }
        if (reads != null) {
            reads.close();
        }
    }

    @Override
    public void close() {
        closePools();
        if (server != null) {
            isServerLeft = true;
            try {
                server.close();
            } finally {
                isServerLeft = false;
            }
        }
    }

    /** Whether its connections are closed, and its embedded server is shutting down, if nobody else uses it. */
    public boolean isServerLeft() {
        return isServerLeft;
    }
}
