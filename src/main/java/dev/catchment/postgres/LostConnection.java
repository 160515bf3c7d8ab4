package dev.catchment.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The database was lost on the way: the server went down or was restarted, ended the connection, or is out of reach.
 * PostgreSQL and its driver say so with the SQLSTATEs of class 08 and some of 57.
 */
public final class LostConnection {
    private static final List<String> STATES = List.of("08", "57P01", "57P02", "57P03");

    private static final Set<String> READ_ONLY = Set.of("25006");

    private LostConnection() {}

    /** Whether that is what is beneath a failure. */
    public static boolean isBeneath(Throwable failure) {
        return lost(failure) != null;
    }

    /** Whether the server takes nothing: it is a standby, for example during a failover. */
    public static boolean isReadOnly(Throwable failure) {
        return SqlFailureText.hasState(failure, READ_ONLY);
    }

    /** A failure of which {@link #isBeneath} holds, in one sentence. @param next what comes after it */
    public static String words(Throwable failure, String next) {
        return "The database was lost (%s); what is committed is safe, and %s."
                .formatted(SqlFailureText.line(lost(failure)), next);
    }

    private static SQLException lost(Throwable failure) {
        SQLException found = null;
        // One that is unusable has said already what lies beneath.
        for (Throwable each = failure; each != null && !(each instanceof Database.Unusable); each = each.getCause()) {
            if (each instanceof SQLException sql
                    && STATES.stream().anyMatch(String.valueOf(sql.getSQLState())::startsWith)) {
                found = sql;
            }
        }
        return found;
    }
}
