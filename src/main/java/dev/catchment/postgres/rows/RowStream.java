package dev.catchment.postgres.rows;

import dev.catchment.postgres.connection.Statement;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.sql.DataSource;

/**
 * The rows of a statement as the server's cursor gives them, however many there are: a few hundred are in memory. It holds a
 * connection until it is closed or has been read to its end. Not for several threads.
 */
public final class RowStream implements Iterator<Map<String, Object>>, AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet result;
    private final Map<String, Boolean> columns = new LinkedHashMap<>();
    private boolean isAtRow;
    private boolean isOver;

    private RowStream(Connection connection, PreparedStatement statement, ResultSet result) throws SQLException {
        this.connection = connection;
        this.statement = statement;
        this.result = result;
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            ResultSetMetaData described = result.getMetaData();
            columns.put(
                    described.getColumnLabel(i), described.getColumnTypeName(i).startsWith("json"));
        }
    }

    /** A value of type {@code json} or {@code jsonb}. */
    public record JsonText(String json) {
        @Override
        public String toString() {
            return json;
        }
    }

    /** A failure in the midst of the rows. */
    public static final class Broken extends RuntimeException {
        Broken(SQLException cause) {
            super(cause);
        }
    }

    /** Runs a statement. */
    public static RowStream open(DataSource source, Statement statement, Map<String, Object> parameters)
            throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(false); // else the driver fetches all rows at once
            PreparedStatement prepared = statement.prepare(connection, parameters);
            return new RowStream(connection, prepared, prepared.executeQuery());
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public boolean hasNext() {
        try {
            if (!isOver && !isAtRow) {
                isAtRow = result.next();
                isOver = !isAtRow;
                if (isOver) {
                    close();
                }
            }
            return isAtRow;
        } catch (SQLException e) {
            close();
            throw new Broken(e);
        }
    }

    /**
     * Each value by its column label; an array as a list, for it could not be read once the connection is closed, JSON as
     * {@link JsonText}, a day as text, and what only PostgreSQL knows as text.
     */
    @Override
    public Map<String, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        isAtRow = false;
        try {
            Map<String, Object> row = new LinkedHashMap<>();
            for (Map.Entry<String, Boolean> column : columns.entrySet()) {
                row.put(column.getKey(), value(result.getObject(column.getKey()), column.getValue()));
            }
            return row;
        } catch (SQLException e) {
            close();
            throw new Broken(e);
        }
    }

    private static Object value(Object value, boolean isJson) throws SQLException {
        if (value instanceof Array array) {
            return Arrays.asList((Object[]) array.getArray());
        }
        if (value instanceof Date day) {
            return day.toLocalDate().toString();
        }
        boolean isOfDriver = value != null && value.getClass().getName().startsWith("org.postgresql.");
        return isJson && value != null ? new JsonText(value.toString()) : isOfDriver ? value.toString() : value;
    }

    /** Gives the connection back; as often as one likes. */
    @Override
    public void close() {
        isOver = true;
        isAtRow = false;
        try (connection;
                statement;
                result) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException gone) {
            // The server or the pool has ended it.
        }
    }
}
