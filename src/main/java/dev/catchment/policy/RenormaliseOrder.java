package dev.catchment.policy;

import dev.catchment.flow.RunStart;
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
    /** The parameters of {@code ops/open-run}. @param node this process, as the ledger names it */
    public Map<String, Object> run(String node) {
        String scope = source == null ? "all" : name;
        String mode = dryRun ? "dry-run" : "full";
        return RunStart.anew(Map.of(
                "room", "policy", "flow", "renormalise", "scope", scope, "trigger", "cli", "mode", mode, "node", node));
    }

    /** The parameters of {@code policy/list-renormalisable}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("source", source);
        return parameters;
    }
}
