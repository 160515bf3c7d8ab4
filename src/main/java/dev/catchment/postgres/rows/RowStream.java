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
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.sql.DataSource;

/**
 * The rows of a statement as the server's cursor gives them, however many there are: a few hundred are in memory, or the whole of a
 * page ({@code most} says how long it is). It holds a connection until it is closed or has been read to its end. Not for several threads.
 *
 * <p>A list of which all rows are asked for (it takes {@code most}, which is null) is read page by page, each from the {@code page_key} of
 * the row before on, all of one moment. A cursor over all of it would begin when all of it is sorted, for the server plans what its
 * protocol fetches bit by bit as if everything were wanted at once; a page is planned as a page, so that a list whose pages come
 * fast begins as fast and no statement needs a second form. What is searched by words ({@code q}) and sorted by how well they fit is read in one piece all the same.
 */
public final class RowStream implements Iterator<Map<String, Object>>, AutoCloseable {
    /** So few that an index in the order of the list is cheaper than a sort of it, so many that asking again costs little. */
    public static final int PAGE = 1_000;

    private final Connection connection;
    private final Statement statement;
    private final Map<String, Object> parameters;
    private final boolean isPaged;
    private final boolean isOfSnapshot;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private PreparedStatement running;
    private ResultSet result;
    private int rowsOfPage;
    private boolean isAtRow;
    private boolean isOver;

    /** @param isOfSnapshot whether the connection is kept for what is read after it */
    private RowStream(
            Connection connection,
            Statement statement,
            Map<String, Object> parameters,
            boolean isPaged,
            boolean isOfSnapshot)
            throws SQLException {
        this.connection = connection;
        this.statement = statement;
        this.parameters = new HashMap<>(parameters);
        this.isPaged = isPaged;
        this.isOfSnapshot = isOfSnapshot;
        if (isPaged) {
            this.parameters.put("most", PAGE);
        }
        run();
        ResultSetMetaData described = result.getMetaData();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            columns.put(described.getColumnLabel(i), described.getColumnTypeName(i));
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
            boolean isPage = parameters.get("most") != null;
            boolean isWhole = !isPage && statement.parameters().containsAll(List.of("after", "most"));
            // Else the driver fetches all rows at once: of a page that is what spares two round trips.
            connection.setAutoCommit(isPage);
            // A search is ranked as a whole: for each page it would be made anew.
            boolean isRanked =
                    parameters.get("q") != null && statement.parameters().contains("sort");
            boolean isPaged = isWhole && !isRanked;
            if (isWhole) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            return new RowStream(connection, statement, parameters, isPaged, false);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The same of what the database held at one moment. */
    public static RowStream open(Snapshot snapshot, Statement statement, Map<String, Object> parameters)
            throws SQLException {
        return new RowStream(snapshot.connection(), statement, parameters, false, true);
    }

    private void run() throws SQLException {
        running = statement.prepare(connection, parameters);
        result = running.executeQuery();
        rowsOfPage = 0;
    }

    /** Moves to the next row, of the next page if this one is read. */
    private boolean advance() throws SQLException {
        if (result.next()) {
            return true;
        }
        if (!isPaged || rowsOfPage < PAGE) {
            return false;
        }
        running.close();
        run();
        return result.next();
    }

    /** The type of each column as PostgreSQL names it, by its label: {@code text}, {@code _text} for an array of it. */
    public Map<String, String> types() {
        return Collections.unmodifiableMap(columns);
    }

    @Override
    public boolean hasNext() {
        try {
            if (!isOver && !isAtRow) {
                isAtRow = advance();
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
            int i = 0;
            for (Map.Entry<String, String> column : columns.entrySet()) {
                i++;
                row.put(
                        column.getKey(),
                        value(result.getObject(i), column.getValue().startsWith("json")));
            }
            if (isPaged) {
                rowsOfPage++;
                parameters.put("after", row.get("page_key").toString());
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
        try {
            try {
                running.close();
            } finally {
                if (!isOfSnapshot) {
                    giveBack();
                }
            }
        } catch (SQLException gone) {
            // The server or the pool has ended it.
        }
    }

    private void giveBack() throws SQLException {
        try (connection) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }
}
