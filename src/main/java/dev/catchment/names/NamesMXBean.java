package dev.catchment.names;

import java.util.Map;

/** What an operator may do with this room over JMX, as {@code dev.catchment:type=Names}. */
public interface NamesMXBean {
    /** Begins at once with what is due, and says so, or why not. */
    String run();

    /** Ends the runs of the room in this process after what is under way; the next ones go on from there. */
    String stop();

    /** When the next job is due, ISO 8601 in UTC; never if none waits. */
    String nextRun();

    /**
     * The last run of the room: id, flow, scope, mode, status, is_complete, started_at, finished_at (ISO 8601 in UTC), error; a
     * value is empty where there is none, all of it if there was no run.
     */
    Map<String, String> lastRun();
}
