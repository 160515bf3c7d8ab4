package dev.catchment.harvest;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.kind.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan while it is applied: batch after batch of what its walk saw, and then the end of a walk. It is a run of the same scope
 * as a walk, so that the two never meet.
 */
public final class AppliedPlan extends ActiveRun {
    /** Records written in one transaction. */
    private static final int MOST = 500;

    private final Order order;
    private final Kind kind;
    private Long place;
    private boolean hasAllRecords;
    private boolean isSettled;
    private boolean isDone;

    /**
     * What is asked for.
     *
     * @param id of the source
     * @param walk what the walk of the plan proved, as JSON
     * @param isBegun whether a run that was stopped or killed began to apply it
     */
    public record Order(String plan, long id, String source, String kind, String walk, boolean isBegun) {
        /**
         * The order to apply a plan.
         *
         * @param named as it was asked for
         * @param found rows of {@code harvest/find-plan}
         * @throws IllegalArgumentException if there is no such plan, or it cannot be applied
         */
        public static Order of(String named, List<Map<String, Object>> found) {
            if (found.size() != 1) {
                throw new IllegalArgumentException(
                        found.isEmpty()
                                ? "There is no plan %s. 'catchment plan --source S' makes one.".formatted(named)
                                : "%d plans begin with %s: name one by its id.".formatted(found.size(), named));
            }
            Map<String, Object> row = found.get(0);
            if (Boolean.TRUE.equals(row.get("is_applied"))) {
                throw new IllegalArgumentException("The plan %s was applied by run %s already. Nothing was written."
                        .formatted(named, row.get("applied_run")));
            }
            if (row.get("walk") == null) {
                throw new IllegalArgumentException(
                        "The plan %s cannot be applied, for its walk (run %s) was not complete. Plan again: catchment plan --source %s"
                                .formatted(named, row.get("run"), row.get("name")));
            }
            return new Order(
                    (String) row.get("plan"),
                    ((Number) row.get("source_id")).longValue(),
                    (String) row.get("name"),
                    (String) row.get("kind"),
                    (String) row.get("walk"),
                    row.get("applied_run") != null);
        }

        public RunOrder run() {
            return new RunOrder(HarvestWalks.ROOM, HarvestWalks.FLOW, source, "cli", "apply", isBegun, null);
        }
    }

    /**
     * The order to apply a plan that was found.
     *
     * @param row of {@code harvest/find-plan}; null if there is none
     * @throws PermanentFailure if it cannot be applied
     */
    public static Order asked(Map<String, Object> row) {
        if (row == null || row.get("walk") == null || Boolean.TRUE.equals(row.get("is_applied"))) {
            throw new PermanentFailure(
                    "This plan cannot be applied any more, or its walk was not complete. Plan again.");
        }
        return new Order(
                (String) row.get("plan"),
                ((Number) row.get("source_id")).longValue(),
                (String) row.get("name"),
                (String) row.get("kind"),
                (String) row.get("walk"),
                row.get("applied_run") != null);
    }

    AppliedPlan(Order order, Kind kind, RunStart start) {
        super(start, 1);
        this.order = order;
        this.kind = kind;
        this.place = start.cursor() == null ? null : Long.valueOf(start.cursor());
    }

    public Order order() {
        return order;
    }

    Kind kind() {
        return kind;
    }

    public boolean hasMore() {
        return !hasAllRecords && !isStopping() && !isFailed();
    }

    /** Whether all that the walk of the plan saw is written. */
    public boolean hasAllRecords() {
        return hasAllRecords;
    }

    /** The parameters of its statements. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start().run());
        parameters.put("source", order.id());
        parameters.put("plan", order.plan());
        parameters.put("after_place", place);
        parameters.put("most", MOST);
        parameters.put("rules", "{" + String.join(",", kind.identity()) + "}");
        parameters.put("after", kind.retire().after());
        parameters.put("is_complete", true);
        parameters.put("walk", order.walk());
        parameters.put("now", null);
        return parameters;
    }

    /** Takes in what was written. @param row of {@code harvest/apply-plan} */
    public void take(Map<String, Object> row) {
        requireRunning(row);
        if (Boolean.TRUE.equals(row.get("is_refused"))) {
            throw new PermanentFailure(
                    "The plan %s was refused, and nothing was written: what %s holds is not what it held when it was planned, or the plan was applied before. Plan again: catchment plan --source %s"
                            .formatted(order.plan(), order.source(), order.source()));
        }
        Long last = (Long) row.get("last_place");
        hasAllRecords = last == null;
        place = hasAllRecords ? place : last;
    }

    /** The parameters of {@code harvest/retire-datasets}. @param candidates rows of {@code harvest/list-retire-candidates} */
    public Map<String, Object> gone(List<Map<String, Object>> candidates) {
        Map<String, Object> parameters = retiring(candidates);
        parameters.put("reason", "absent from complete walks, and retired by a plan");
        return parameters;
    }

    /** The parameters of {@code harvest/upsert-retirement}. */
    public Map<String, Object> held(List<Map<String, Object>> candidates, Map<String, Object> counted, String reason) {
        note("Nothing was retired: %s.".formatted(reason));
        Map<String, Object> parameters = retiring(candidates);
        parameters.put("held", counted.get("held"));
        parameters.put("reason", reason);
        return parameters;
    }

    private Map<String, Object> retiring(List<Map<String, Object>> candidates) {
        Map<String, Object> parameters = parameters();
        parameters.put(
                "keys",
                BatchJson.text(candidates.stream().map(row -> row.get("key")).toList()));
        return parameters;
    }

    public boolean isSettling() {
        return !isSettled && !isStopping() && !isFailed();
    }

    /** New records got their datasets. @param row of {@code harvest/settle-datasets} */
    public void settled(Map<String, Object> row) {
        requireRunning(row);
        isSettled = ((Number) row.get("settled")).longValue() == 0;
    }

    /** All is done. */
    public void done() {
        isDone = isSettled;
    }

    private static void requireRunning(Map<String, Object> row) {
        if (row == null) {
            throw new FatalFailure("The run is no longer running in ops.runs: another process took it for dead.");
        }
    }

    @Override
    protected boolean isAtEnd() {
        return isDone;
    }

    @Override
    public boolean isComplete() {
        return isDone && !isFailed();
    }

    @Override
    protected String reads() {
        return order.source();
    }

    @Override
    protected String cursor() {
        return place == null ? null : place.toString();
    }

    @Override
    protected String next(Throwable cause) {
        return cause instanceof PermanentFailure
                ? "it has to be planned again"
                : "applying it again goes on with what is missing";
    }
}
