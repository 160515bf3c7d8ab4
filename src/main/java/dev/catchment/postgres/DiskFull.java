package dev.catchment.postgres;

import java.util.Set;

/** Whether a full disk is beneath a failure. A server says so of its tables; without room for its WAL it stops instead. */
public final class DiskFull {
    private static final String SAID = "53100";

    /** The connection was lost or cannot be had, or a file could not be written. */
    private static final Set<String> STOPPED =
            Set.of("08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "58030");

    /** The whole class 53: no disk, no memory, no connection, another limit. */
    private static final Set<String> SHORT = Set.of("53000", SAID, "53200", "53300", "53400");

    private DiskFull() {}

    /** Whether the server said so. */
    public static boolean isSaid(Throwable failure) {
        return SqlFailureText.hasState(failure, Set.of(SAID));
    }

    /** Whether the server is short of something. */
    static boolean isShort(Throwable failure) {
        return SqlFailureText.hasState(failure, SHORT);
    }

    /** Whether it may be what stopped the server, if its disk is full. */
    public static boolean mayHaveStopped(Throwable failure) {
        return SqlFailureText.hasState(failure, STOPPED);
    }
}
