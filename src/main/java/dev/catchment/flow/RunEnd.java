package dev.catchment.flow;

import dev.catchment.errors.FailureText;
import dev.catchment.postgres.LostConnection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param status succeeded, partial, failed or stopped
 */
public record RunEnd(ActiveRun run, String status, boolean complete, Throwable cause, String note) {
    /** What a summary counts. */
    public static final List<String> COUNTS =
            List.of("seen", "added", "updated", "unchanged", "retired", "restored", "rejected", "skipped", "bytes");

    /**
     * Whether what a run was over is to be gone on with: it was stopped, or another process took it for dead.
     *
     * @param summary as {@code ops/close-run} gives it
     */
    public static boolean isUnfinished(Map<String, Object> summary) {
        return List.of("stopped", "abandoned").contains(summary.get("status"));
    }

    private String error() {
        if (cause == null) {
            return null;
        }
        return LostConnection.isBeneath(cause)
                ? LostConnection.words(cause, run.resumption())
                : FailureText.of(cause, run.reads());
    }

    /** The same for a reason that lies beneath the one that was told. */
    public RunEnd because(Throwable beneath) {
        return new RunEnd(run, status, complete, beneath, note);
    }

    /** What comes after a failure, for the log. */
    public String next() {
        return run.next(cause);
    }

    /** The parameters of {@code ops/close-run}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", run.start().run());
        parameters.put("status", status);
        parameters.put("complete", complete);
        parameters.put("handed_over", status.equals("stopped") && run.isHandedOver());
        parameters.put("error", error());
        parameters.put("note", note);
        parameters.put("now", null);
        return parameters;
    }

    /** The summary of a dry run, in the shape of {@code ops/close-run}: it has no row that could be read back. */
    public Map<String, Object> dryRunSummary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", null);
        RunOrder order = run.start().order();
        summary.put("room", order.room());
        summary.put("flow", order.flow());
        summary.put("scope", order.scope());
        summary.put("mode", order.mode());
        summary.put("status", status);
        COUNTS.forEach(count -> summary.put(count, run.tally().get(count)));
        Duration took = Duration.between(run.start().startedAt(), Instant.now());
        summary.put("seconds", BigDecimal.valueOf(took.toMillis(), 3).setScale(3, RoundingMode.HALF_UP));
        summary.put("cursor", run.cursor());
        summary.put("error", error());
        summary.put("note", note);
        return summary;
    }
}
