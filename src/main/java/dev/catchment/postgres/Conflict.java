package dev.catchment.postgres;

import java.sql.SQLException;
import java.util.Set;

/** What two writers can do to each other: a deadlock, a serialization failure. */
public final class Conflict {
    private static final Set<String> STATES = Set.of("40P01", "40001");

    private Conflict() {}

    /** Whether a conflict is what is beneath a failure: then nothing of the statement is kept, and it may be repeated. */
    public static boolean isBeneath(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return cause instanceof SQLException sql && STATES.contains(String.valueOf(sql.getSQLState()));
    }
}
