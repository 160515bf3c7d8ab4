package dev.catchment.harvest;

import java.util.Map;

/** What an operator may do with the harvest over JMX, as {@code dev.catchment:type=Harvest}; sources go by their names. */
public interface HarvestMXBean {
    /** Begins a walk of a source, due or not, and says so at once, or why not; an unfinished one is gone on with. */
    String run(String source);

    /** Ends the walk of a source in this process after the pages under way; the next one goes on from there. */
    String stop(String source);

    /** The source is not walked any more until it is resumed; a walk that is under way goes on. */
    String pause(String source);

    /** The source is walked again; one that was never walked is due at once. */
    String resume(String source);

    /** When the source is walked next, ISO 8601 in UTC; never if it is paused. */
    String nextRun(String source);

    /**
     * The last run of the source: id, mode, status, is_complete, started_at, finished_at (ISO 8601 in UTC), error; a value is
     * empty where there is none, all of it if there was no run.
     */
    Map<String, String> lastRun(String source);
}
