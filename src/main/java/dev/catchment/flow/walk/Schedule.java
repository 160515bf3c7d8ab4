package dev.catchment.flow.walk;

import dev.catchment.text.Cron;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When the scopes of a room are walked, and whether one is due already when the service starts. */
public final class Schedule {
    private final String room;
    private final String flow;
    private final Map<String, String> crons = new LinkedHashMap<>();
    private final String timeZone;
    private final String onStart;

    /** @param onStart when-due, always or never */
    public Schedule(String room, String flow, String timeZone, String onStart) {
        this.room = room;
        this.flow = flow;
        this.timeZone = timeZone;
        this.onStart = onStart;
    }

    /** The cron of each scope. */
    public Map<String, String> getCrons() {
        return crons;
    }

    public List<String> scopes() {
        return List.copyOf(crons.keySet());
    }

    String flow() {
        return flow;
    }

    /** What one run at a time is over: room/flow/scope. */
    String runOf(String scope) {
        return order(scope, "").run().name();
    }

    WalkOrder order(String scope, String trigger) {
        return WalkOrder.whole(room, flow, scope, trigger);
    }

    /** The next time after a moment; null if there is none. */
    public Instant next(String scope, Instant after) {
        return Cron.of(crons.get(scope), timeZone).next(after);
    }

    /** When each scope should have been walked last: room, flow, scope, due_at. */
    public List<Map<String, Object>> expected(Instant until) {
        List<Map<String, Object>> expected = new ArrayList<>();
        crons.forEach((scope, cron) -> {
            Instant last = Cron.of(cron, timeZone).last(until);
            if (last != null) {
                expected.add(Map.of("room", room, "flow", flow, "scope", scope, "due_at", last.toString()));
            }
        });
        return expected;
    }

    /** The parameters of {@code ops/find-last-run}: the last walk of a scope, whatever was asked of it. */
    public Map<String, Object> lastRun(String scope) {
        Map<String, Object> run = new HashMap<>(Map.of("room", room, "flow", flow, "scope", scope));
        run.put("mode", null);
        return run;
    }

    /** The same of the whole scope: a part of it makes up for no missed walk. */
    public Map<String, Object> lastWholeRun(String scope) {
        Map<String, Object> run = lastRun(scope);
        run.put("mode", "full");
        return run;
    }

    /** Whether walks that another process left are gone on with; where a start begins none, they wait for their time. */
    public boolean takesOver() {
        return !onStart.equals("never");
    }

    /** The parameters of {@code ops/list-orphaned-runs}. */
    public Map<String, Object> orphans() {
        return Map.of("room", room, "flow", flow);
    }

    /**
     * Whether a start should walk at once: there never was a walk, the last one is unfinished, or one was missed.
     *
     * @param lastRun rows of {@code ops/find-last-run}, none or one
     */
    public boolean isDue(String scope, List<Map<String, Object>> lastRun) {
        if (!onStart.equals("when-due")) {
            return onStart.equals("always");
        }
        if (lastRun.isEmpty() || !"succeeded".equals(lastRun.get(0).get("status"))) {
            return true;
        }
        Instant started = ((Date) lastRun.get(0).get("started_at")).toInstant();
        Instant next = next(scope, started);
        return next != null && !next.isAfter(Instant.now());
    }
}
