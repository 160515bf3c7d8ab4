package dev.catchment.policy;

import dev.catchment.flow.RunOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * What is asked of a renormalisation.
 *
 * @param source the id of the one page it is about; null for all
 * @param name of that page; null for all
 * @param dryRun compare; write nothing
 */
public record RenormaliseOrder(String source, String name, boolean dryRun) {
    public RunOrder run() {
        return RunOrder.whole("policy", "renormalise", source == null ? "all" : name, "cli", dryRun);
    }

    /** The parameters of {@code policy/list-renormalisable}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("source", source);
        return parameters;
    }
}
