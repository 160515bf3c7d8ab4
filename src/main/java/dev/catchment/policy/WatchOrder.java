package dev.catchment.policy;

import dev.catchment.flow.RunStart;
import java.util.Map;

/**
 * What is asked of a watch.
 *
 * @param trigger what asked for it: timer, cli
 * @param source the id of the one page to check, whether it is due or not; null for all that are due
 * @param name of that page; null for all
 * @param dryRun visit and judge; write nothing
 */
public record WatchOrder(String trigger, String source, String name, boolean dryRun) {
    /** So many processes may watch side by side; each has a place in the ledger, which the next one takes over. */
    private static final int PLACES = 8;

    public static WatchOrder due(String trigger) {
        return new WatchOrder(trigger, null, null, false);
    }

    public int places() {
        return source == null ? PLACES : 1;
    }

    /**
     * The parameters of {@code ops/open-run}.
     *
     * @param node this process, as the ledger names it
     * @param place from 0
     */
    public Map<String, Object> run(String node, int place) {
        String scope = source != null ? name : place == 0 ? "due" : "due-" + (place + 1);
        String mode = dryRun ? "dry-run" : "full";
        Map<String, Object> run = RunStart.anew(Map.of(
                "room", "policy", "flow", "watch", "scope", scope, "trigger", trigger, "mode", mode, "node", node));
        run.put("waits", source != null); // else there is another place
        return run;
    }
}
