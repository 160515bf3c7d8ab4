package dev.catchment.flow;

import java.time.Instant;
import java.util.Map;

/**
 * Where a run begins.
 *
 * @param run its row in the ledger; null for a dry run
 * @param order what was asked for
 * @param resumes the run it goes on with, or null
 * @param cursor the place to go on after; null for the beginning
 * @param begunAt when the first run of the chain it goes on with began
 * @param startedAt when this one started
 */
public record RunStart(Long run, RunOrder order, Long resumes, String cursor, Instant begunAt, Instant startedAt) {

    /** @param row of {@code ops/open-run}; null for a dry run, which has none */
    public static RunStart of(RunOrder order, Map<String, Object> row) {
        Instant now = Instant.now();
        if (row == null) {
            return new RunStart(null, order, null, order.cursor(), now, now);
        }
        Instant begun = ((java.util.Date) row.get("begun_at")).toInstant();
        return new RunStart(
                (Long) row.get("id"), order, (Long) row.get("resumes"), (String) row.get("cursor"), begun, now);
    }

    public boolean isDryRun() {
        return run == null;
    }

    /** What one run at a time is over, and what the log calls it: room/flow/scope. */
    public String scope() {
        return order.name();
    }
}
