package dev.catchment.catalog;

import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import java.util.HashMap;
import java.util.Map;

/**
 * A crawl that is to be undone.
 *
 * @param undone its run
 * @param region us or eu: nobody crawls it meanwhile
 * @param trigger what asked for it: cli, api
 */
public record UndoOrder(long undone, String region, String trigger) {
    public RunOrder run() {
        return new RunOrder("catalog", "crawl", region, trigger, "undo", false, null);
    }

    /** The parameters of {@code catalog/undo-run}. */
    public Map<String, Object> parameters(RunStart start) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start.run());
        parameters.put("undone", undone);
        parameters.put("now", null);
        return parameters;
    }
}
