package dev.catchment.policy;

import dev.catchment.flow.RunOrder;
import java.util.List;
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

    /**
     * What somebody asks for who does not wait for it.
     *
     * @param found the rows of {@code policy/find-source}; anything else for all that are due
     * @throws IllegalArgumentException if there is no such source
     */
    public static WatchOrder asked(String trigger, Object found) {
        if (!(found instanceof List<?> rows)) {
            return due(trigger);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("There is no such source. 'catchment policy list' lists them.");
        }
        Map<?, ?> row = (Map<?, ?>) rows.get(0);
        return new WatchOrder(trigger, String.valueOf(row.get("source_id")), (String) row.get("name"), false);
    }

    public int places() {
        return source == null ? PLACES : 1;
    }

    /** Whether a place that may be that of a dead process is waited for; where there is another place it is not. */
    public boolean waits() {
        return places() == 1;
    }

    /** The run it asks for. @param place from 0 */
    public RunOrder run(int place) {
        String scope = source != null ? name : place == 0 ? "due" : "due-" + (place + 1);
        return RunOrder.whole("policy", "watch", scope, trigger, dryRun);
    }
}
