package dev.catchment.cli;

/** What a command tells the shell. */
final class ExitCode {
    static final int DONE = 0;
    /** The run failed, or a difference was found. */
    static final int FAILED = 1;
    /** Wrong use: the message says what to do. */
    static final int USAGE = 2;
    /** The same scope is being run already. */
    static final int BUSY = 3;

    /** Told to stop, and not stopped in time: ended by the watchdog. The number is that of {@code timeout(1)}. */
    static final int STUCK = 124;

    static final int INTERRUPTED = 130;
    /** Out of memory: the virtual machine ends itself with SIGUSR1, as the launcher tells it to. */
    static final int OUT_OF_MEMORY = 138;

    private ExitCode() {}
}
