package dev.catchment.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a plan would do, for people and programs. */
public final class PlannedChanges {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlannedChanges() {}

    /**
     * Notes on the walk of a plan how to go on.
     *
     * @param plan its id
     * @param rows change, datasets, samples (JSON), plan, hash, base
     * @return the same rows, their samples as lists
     */
    public static List<Map<String, Object>> of(ActiveRun walk, Object plan, List<Map<String, Object>> rows) {
        walk.note(
                rows.isEmpty()
                        ? "The plan %s would change nothing.".formatted(plan)
                        : "Apply it with catchment apply %s.".formatted(plan));
        return rows.stream().map(PlannedChanges::read).toList();
    }

    private static Map<String, Object> read(Map<String, Object> row) {
        Map<String, Object> change = new LinkedHashMap<>(row);
        change.put("plan", String.valueOf(row.get("plan")));
        try {
            change.put("samples", JSON.readValue((String) row.get("samples"), List.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // jsonb gave it
        }
        return change;
    }

    /** The walk of the plan was not complete. */
    public static void refuse(ActiveRun walk) {
        walk.note("The walk was not complete, and its plan cannot be applied.");
    }

    /** The summary of the run, with what the plan would do. @param changes null if there is no plan that can be applied */
    public static Map<String, Object> told(Map<String, Object> summary, Object plan, Object changes) {
        Map<String, Object> told = new LinkedHashMap<>(summary);
        told.put("plan", changes == null ? null : String.valueOf(plan));
        told.put("changes", changes == null ? List.of() : changes);
        return told;
    }
}
