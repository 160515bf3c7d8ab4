package dev.catchment.harvest;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.PlannedChanges;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.walk.ActiveWalk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans: walks whose outcome is staged and shown, and can be applied afterwards. What a plan would retire is asked for when it
 * is made, so that applying it asks nobody.
 */
public final class HarvestPlans {
    /** What the ledger calls the walk of a plan. */
    static final String PLAN = "plan";

    /** So many datasets are shown of each change. */
    private static final int SAMPLES = 5;

    private final HarvestWalks walks;
    private final HarvestRetirement retirement;
    private final Kinds kinds;
    private final ActiveRuns running;

    public HarvestPlans(HarvestWalks walks, HarvestRetirement retirement, Kinds kinds, ActiveRuns running) {
        this.walks = walks;
        this.retirement = retirement;
        this.kinds = kinds;
        this.running = running;
    }

    /** The parameters of the statements of a plan. @param plan its id; null: it has none yet */
    public Map<String, Object> parameters(ActiveWalk walk, Object plan) {
        Map<String, Object> parameters = walks.run(walk);
        parameters.put(PLAN, plan);
        parameters.put("samples", SAMPLES);
        return parameters;
    }

    /**
     * What the walk saw, in the shape of {@code harvest/count-walk}: it begins anew each time, so that the process knows.
     *
     * @param held row of {@code harvest/count-planned}; null where nobody asks what it did not see
     */
    public Map<String, Object> counted(ActiveWalk walk, Map<String, Object> held) {
        Map<String, Object> counted = held == null ? new HashMap<>() : new HashMap<>(held);
        counted.put(
                "keys",
                List.of("added", "updated", "unchanged", "restored", "rejected").stream()
                        .mapToLong(walk.tally()::get)
                        .sum());
        counted.put("duplicates", walk.tally().get("duplicates"));
        counted.put("conflicts", walk.tally().get("conflicts"));
        return counted;
    }

    /** Why nothing would be retired. @param candidates rows of {@code harvest/list-plan-candidates}; null if nothing speaks against it */
    public String heldBack(ActiveWalk walk, List<Map<String, Object>> candidates) {
        return candidates.isEmpty()
                ? null
                : retirement.heldBack(
                        walk,
                        Map.of(
                                "candidates",
                                candidates.size(),
                                "held",
                                candidates.get(0).get("held")));
    }

    /** Whether there is anything that the source is to be asked for. */
    public boolean mayRetire(List<Map<String, Object>> candidates, Object heldBack) {
        return heldBack == null && !candidates.isEmpty();
    }

    /** The parameters of {@code harvest/insert-spared-records}: what the source, asked for it, did not say is gone. */
    public Map<String, Object> spared(
            ActiveWalk walk, List<Map<String, Object>> candidates, HarvestRetirement.Asking asking) {
        List<Object> keys = candidates.stream()
                .map(row -> row.get("key"))
                .filter(key -> !asking.gone().contains(key))
                .toList();
        if (!keys.isEmpty()) {
            walk.note("%,d records that the walk did not see would stay, for it is not proven that they are gone."
                    .formatted(keys.size()));
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("source", walk.source().id());
        parameters.put("keys", BatchJson.text(keys));
        return parameters;
    }

    /**
     * What the plan would do, for people and programs.
     *
     * @param heldBack why what was missing would not be retired; null if it would
     * @param rows of {@code harvest/describe-plan}
     */
    public List<Map<String, Object>> described(
            ActiveWalk walk, Object plan, Object heldBack, List<Map<String, Object>> rows) {
        List<Map<String, Object>> changes = PlannedChanges.of(walk, plan, rows);
        if (heldBack != null) {
            walk.note("Nothing would be retired: %s.".formatted(heldBack));
            changes.forEach(change -> change.replace("change", "retired", "held-back"));
        }
        return changes;
    }

    /** Begins to apply a plan. */
    public AppliedPlan begin(AppliedPlan.Order order, RunStart start) {
        AppliedPlan applied = new AppliedPlan(order, kinds.get(order.kind()).kind(), start);
        running.begun(applied);
        return applied;
    }

    /** Why nothing is retired: as the plan said. @param counted row of {@code harvest/count-retire-candidates} */
    public String heldBack(AppliedPlan applied, Map<String, Object> counted) {
        return retirement.heldBack(applied.kind(), applied.order().source(), counted);
    }
}
