package dev.catchment.catalog;

import dev.catchment.text.Cron;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When the regions are crawled, and whether one is due already when the service starts. */
public final class Schedule {
    private final Map<String, Cron> crons;
    private final String onStart;

    /** @param onStart when-due, always or never */
    public Schedule(String usCron, String euCron, String timeZone, String onStart) {
        this.crons = Map.of("us", Cron.of(usCron, timeZone), "eu", Cron.of(euCron, timeZone));
        this.onStart = onStart;
    }

    /** The next time after a moment; null if there is none. */
    public Instant next(String region, Instant after) {
        return crons.get(region).next(after);
    }

    /** The parameters of {@code ops/find-last-run}: the last crawl of a region, whatever was asked of it. */
    public Map<String, Object> lastRun(String region) {
        Map<String, Object> run = new HashMap<>(Map.of("room", "catalog", "flow", "crawl", "scope", region));
        run.put("mode", null);
        return run;
    }

    /** The same of the whole region: a part of it makes up for no missed crawl. */
    public Map<String, Object> lastWholeRun(String region) {
        Map<String, Object> run = lastRun(region);
        run.put("mode", "full");
        return run;
    }

    /**
     * Whether a start should crawl at once: there never was a crawl, the last one is unfinished, or one was missed.
     *
     * @param lastRun rows of {@code ops/find-last-run}, none or one
     */
    public boolean isDue(String region, List<Map<String, Object>> lastRun) {
        if (!onStart.equals("when-due")) {
            return onStart.equals("always");
        }
        if (lastRun.isEmpty() || !"succeeded".equals(lastRun.get(0).get("status"))) {
            return true;
        }
        Instant started = ((Date) lastRun.get(0).get("started_at")).toInstant();
        Instant next = next(region, started);
        return next != null && !next.isAfter(Instant.now());
    }
}
