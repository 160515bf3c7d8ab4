package dev.catchment.registry;

import java.util.Map;

/** What an operator may do with this room over JMX, as {@code dev.catchment:type=Registry}. */
public interface RegistryMXBean {
    /** Ends the runs of the room in this process after what is under way; the next ones go on from there. */
    String stop();

    /** Always never: it has no schedule, a file in registry.inbox is taken when it has not grown for a while. */
    String nextRun();

    /**
     * The last run of the room: id, flow, scope, mode, status, is_complete, started_at, finished_at (ISO 8601 in UTC), error; a
     * value is empty where there is none, all of it if there was no run.
     */
    Map<String, String> lastRun();
}
