package dev.catchment.postgres.rows;

import java.sql.SQLException;

/** Why a read failed, as far as whoever asked can do something about it. */
public enum ReadFailure {
    /** A value cannot be what it should be, as in a cursor that somebody made up. */
    BAD_VALUE,
    /** It took longer than it may. */
    TOO_LONG,
    /** Anything else. */
    OTHER;

    /** Class 22 of PostgreSQL's error codes, data exception. */
    private static final String DATA = "22";

    private static final String QUERY_CANCELED = "57014";

    public static ReadFailure of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith(DATA)
                        ? BAD_VALUE
                        : sql.getSQLState().equals(QUERY_CANCELED) ? TOO_LONG : OTHER;
            }
        }
        return OTHER;
    }
}
