package dev.catchment.postgres.rows;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Why a read failed, as far as whoever asked can do something about it. */
public enum ReadFailure {
    /** A value cannot be what it should be, as in a cursor that somebody made up. */
    BAD_VALUE,
    /** It took longer than it may. */
    TOO_LONG,
    /** What was asked for was deleted since; what the database says is for whoever asked. */
    DELETED,
    /** Anything else. */
    OTHER;

    /** Class 22 of PostgreSQL's error codes, data exception. */
    private static final String DATA = "22";

    private static final String QUERY_CANCELED = "57014";
    /** Of our own: {@code harvest.known_changes}. */
    private static final String OURS = "CH410";

    public static ReadFailure of(Throwable failure) {
        SQLException sql = beneath(failure);
        if (sql == null) {
            return OTHER;
        }
        String state = sql.getSQLState();
        return state.startsWith(DATA)
                ? BAD_VALUE
                : state.equals(QUERY_CANCELED) ? TOO_LONG : state.equals(OURS) ? DELETED : OTHER;
    }

    /** What the database says of a failure that is {@link #DELETED}: what is gone, and what to do. */
    public static String said(Throwable failure) {
        ServerErrorMessage said = beneath(failure) instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        return said == null ? "" : said.getMessage();
    }

    private static SQLException beneath(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                return sql;
            }
        }
        return null;
    }
}
