package dev.catchment.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/** What two writers can do to each other: a deadlock, a serialization failure, the same row twice. */
public final class Conflict {
    private static final String DUPLICATE = "23505";
    private static final String LOCKED = "55P03";
    private static final Set<String> STATES = Set.of("40P01", "40001");

    private Conflict() {}

    /**
     * Whether a row was there already, and the whole statement is undone.
     *
     * @param table whose primary key it has; of a partition, the server names that: its name begins with the one of the table
     */
    public static boolean isDuplicate(Throwable failure, String table) {
        if (!(beneath(failure) instanceof PSQLException refused)
                || !DUPLICATE.equals(refused.getSQLState())
                || refused.getServerErrorMessage() == null) {
            return false;
        }
        String constraint = String.valueOf(refused.getServerErrorMessage().getConstraint());
        return constraint.startsWith(table + "_") && constraint.endsWith("_pkey");
    }

    /** Whether a conflict is what is beneath a failure: then nothing of the statement is kept, and it may be repeated. */
    public static boolean isBeneath(Throwable failure) {
        return beneath(failure) instanceof SQLException sql && STATES.contains(String.valueOf(sql.getSQLState()));
    }

    /** Whether a lock was waited for as long as that may be: then nothing of the statement is kept, either. */
    public static boolean isLocked(Throwable failure) {
        return beneath(failure) instanceof SQLException sql && LOCKED.equals(sql.getSQLState());
    }

    private static Throwable beneath(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
