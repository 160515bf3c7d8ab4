package dev.catchment.flow;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a run begins.
 *
 * @param run its row in the ledger; null for a dry run
 * @param order the parameters it was opened with: room, flow, scope, mode and so on
 * @param resumes the run it goes on with, or null
 * @param cursor the place to go on after; null for the beginning
 * @param begunAt when the first run of the chain it goes on with began
 * @param startedAt when this one started
 */
public record RunStart(
        Long run, Map<String, Object> order, Long resumes, String cursor, Instant begunAt, Instant startedAt) {

    /** @param row of {@code ops/open-run}; null for a dry run, which has none */
    public static RunStart of(Map<String, Object> order, Map<String, Object> row) {
        Instant now = Instant.now();
        if (row == null) {
            return new RunStart(null, order, null, (String) order.get("cursor"), now, now);
        }
        Instant begun = ((java.util.Date) row.get("begun_at")).toInstant();
        return new RunStart(
                (Long) row.get("id"), order, (Long) row.get("resumes"), (String) row.get("cursor"), begun, now);
    }

    /**
     * The parameters of {@code ops/open-run} for a run that goes on with none before it.
     *
     * @param what its room, flow, scope, trigger, mode and node
     */
    public static Map<String, Object> anew(Map<String, Object> what) {
        Map<String, Object> run = new HashMap<>(what);
        run.put("resume", false);
        run.put("cursor", null);
        run.put("now", null);
        return run;
    }

    /**
     * The parameters of {@code ops/open-run}.
     *
     * @param order what is to be run
     * @param worker who runs it
     * @param waitingSince what the statement said the first time; null before it
     */
    public static Map<String, Object> opening(Map<String, Object> order, String worker, Object waitingSince) {
        Map<String, Object> run = new HashMap<>(order);
        run.put("worker", worker);
        run.put("waiting_since", waitingSince);
        return run;
    }

    public boolean isDryRun() {
        return run == null;
    }

    /** What one run at a time is over, and what the log calls it: room/flow/scope. */
    public String scope() {
        return order.get("room") + "/" + order.get("flow") + "/" + order.get("scope");
    }
}
