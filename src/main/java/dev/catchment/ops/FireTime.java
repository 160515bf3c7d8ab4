package dev.catchment.ops;

import dev.catchment.text.Cron;
import java.time.Instant;
import java.util.Map;

/** The time for which a timer fires, by its cron: the same for all nodes, whenever their clocks or their pauses let it fire. */
public final class FireTime {
    /** A timer fires a few milliseconds early at times. */
    private static final int EARLY = 100;

    private final Workers workers;

    public FireTime(Workers workers) {
        this.workers = workers;
    }

    /**
     * The parameters of {@code ops/claim-timer}.
     *
     * @param name of the timer, the same on all nodes
     * @param work the endpoint of the route that does what is due, the same on all nodes
     */
    public Map<String, Object> of(String name, String cron, String zone, String work) {
        Instant now = Instant.now();
        Instant time = Cron.of(cron, zone).last(now.plusMillis(EARLY));
        return Map.of(
                "name", name,
                "fired_for", (time == null ? now : time).toString(),
                "node", Node.name(),
                "process", workers.process(),
                "work", work);
    }
}
