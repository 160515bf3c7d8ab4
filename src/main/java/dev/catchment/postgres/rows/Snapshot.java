package dev.catchment.postgres.rows;

import dev.catchment.postgres.connection.Statement;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What the database held at one moment, however many statements read it and whatever others write meanwhile: a transaction of
 * its own, repeatable read and read only, that lasts until it is closed. Not for several threads.
 */
public final class Snapshot implements Closeable {
    private final Connection connection;
    private final Instant takenAt;

    private Snapshot(Connection connection, Instant takenAt) {
        this.connection = connection;
        this.takenAt = takenAt;
    }

    /** Begins one. */
    public static Snapshot open(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            // However long it takes, also between two statements.
            Date opened = (Date) Statement.load("ops/open-snapshot")
                    .rows(connection, Map.of())
                    .get(0)
                    .get("opened_at");
            return new Snapshot(connection, opened.toInstant());
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The moment that it is of. */
    public Instant takenAt() {
        return takenAt;
    }

    Connection connection() {
        return connection;
    }

    /** Lets the moment go, and gives the connection back. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException gone) {
            // The server or the pool has ended it.
        }
    }
}
