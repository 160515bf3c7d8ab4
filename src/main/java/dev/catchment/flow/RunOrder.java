package dev.catchment.flow;

import java.util.HashMap;
import java.util.Map;

/**
 * The run that is to be opened.
 *
 * @param scope what of the room it is about; one run of a flow at a time works on it
 * @param trigger what asked for it: timer, inbox, cli and so on
 * @param mode full, dry-run, or what the flow calls a part of its scope
 * @param resume go on where an unfinished run of this scope and mode stopped
 * @param cursor where to begin if none is resumed; null: at the beginning
 */
public record RunOrder(
        String room, String flow, String scope, String trigger, String mode, boolean resume, String cursor) {

    private static final String DRY_RUN = "dry-run";

    /** A run that begins at the beginning. */
    public static RunOrder whole(String room, String flow, String scope, String trigger, boolean dryRun) {
        return new RunOrder(room, flow, scope, trigger, dryRun ? DRY_RUN : "full", false, null);
    }

    /** The same, going on where an unfinished run of this scope and mode stopped. */
    public RunOrder resuming() {
        return new RunOrder(room, flow, scope, trigger, mode, true, cursor);
    }

    /** Whether nothing is to be written, not even to the ledger. */
    public boolean isDryRun() {
        return mode.equals(DRY_RUN);
    }

    /** What one run at a time is over, and what the log calls it: room/flow/scope. */
    public String name() {
        return room + "/" + flow + "/" + scope;
    }

    /**
     * The parameters of {@code ops/open-run}.
     *
     * @param node this process, as the ledger names it
     * @param worker who runs it
     * @param waitingSince what the statement said the first time; null before it
     */
    public Map<String, Object> parameters(String node, String worker, Object waitingSince) {
        Map<String, Object> parameters = new HashMap<>(
                Map.of("room", room, "flow", flow, "scope", scope, "trigger", trigger, "mode", mode, "node", node));
        parameters.put("resume", resume);
        parameters.put("cursor", cursor);
        parameters.put("worker", worker);
        parameters.put("waiting_since", waitingSince);
        parameters.put("now", null);
        return parameters;
    }
}
