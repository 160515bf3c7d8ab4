package dev.catchment.policy;

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
        Map<String, Object> run = new HashMap<>(
                Map.of("room", "policy", "flow", "renormalise", "scope", scope, "trigger", "cli", "node", node));
        run.put("mode", dryRun ? "dry-run" : "full");
        run.put("resume", false);
        run.put("cursor", null);
        run.put("now", null);
        return run;
    }

    /** The parameters of {@code policy/list-renormalisable}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("source", source);
        return parameters;
    }
}
