package dev.catchment.cli.session;

/** What a command tells the shell. */
public final class ExitCode {
    public static final int DONE = 0;
    /** The run failed, or a difference was found. */
    public static final int FAILED = 1;
    /** Wrong use: the message says what to do. */
    public static final int USAGE = 2;
    /** The same scope is being run already. */
    public static final int BUSY = 3;

    /** Told to stop, and not stopped in time: ended by the watchdog. The number is that of {@code timeout(1)}. */
    public static final int STUCK = 124;

    public static final int INTERRUPTED = 130;
    /** Out of memory: the virtual machine ends itself with SIGUSR1, as the launcher tells it to. */
    public static final int OUT_OF_MEMORY = 138;

    private ExitCode() {}

    /** Of two runs: one that did not take place is less than one that failed. */
    static int worse(int one, int other) {
        return Math.min(one, other) == FAILED && Math.max(one, other) == BUSY ? FAILED : Math.max(one, other);
    }

    /** That of a run. @param status as its summary has it */
    public static int of(Object status) {
        return switch ((String) status) {
            case "succeeded" -> DONE;
            case "stopped" -> INTERRUPTED;
            default -> FAILED;
        };
    }
}
