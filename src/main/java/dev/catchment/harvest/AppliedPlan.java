package dev.catchment.harvest;

import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.walk.PlannedRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A plan while it is applied: batch after batch of what its walk saw, and then the end of a walk. */
public final class AppliedPlan extends PlannedRun {
    /** Records written in one transaction. */
    private static final int MOST = 500;

    private final Order order;
    private final Kind kind;
    private Long place;
    private boolean hasAllRecords;
    private boolean isSettled;

    /**
     * What is asked for.
     *
     * @param id of the source
     * @param walk what the walk of the plan proved, as JSON
     * @param isBegun whether a run that was stopped or killed began to apply it
     */
    public record Order(
            String plan, long id, String source, String kind, String walk, String trigger, boolean isBegun) {
        /**
         * The order to apply a plan.
         *
         * @param named as it was asked for
         * @param found rows of {@code harvest/find-plan}
         * @param trigger what asked for it: cli, api, web
         * @throws IllegalArgumentException if there is no such plan, or it cannot be applied
         */
        public static Order of(String named, List<Map<String, Object>> found, String trigger) {
            Map<String, Object> row = PlannedRun.one(named, found);
            return new Order(
                    (String) row.get("plan"),
                    ((Number) row.get("source_id")).longValue(),
                    (String) row.get("name"),
                    (String) row.get("kind"),
                    (String) row.get("walk"),
                    trigger,
                    row.get("applied_run") != null);
        }

        public RunOrder run() {
            return new RunOrder(HarvestWalks.ROOM, HarvestWalks.FLOW, source, trigger, "apply", isBegun, null);
        }
    }

    AppliedPlan(Order order, Kind kind, RunStart start) {
        super(start, order.plan(), order.source());
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
        requireAllowed(row);
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
        if (isSettled) {
            finish();
        }
    }

    @Override
    protected String reads() {
        return order.source();
    }

    @Override
    protected String cursor() {
        return place == null ? null : place.toString();
    }
}
