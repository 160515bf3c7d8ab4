package dev.catchment.harvest;

import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import java.util.HashMap;
import java.util.Map;

/**
 * A run that is to be undone.
 *
 * @param undone its id
 * @param room catalog or harvest
 * @param flow of the room: while it is undone, nobody else runs it over the scope
 * @param scope region of the catalogue, or name of the source
 * @param source id of the source; null for a region
 */
public record UndoOrder(long undone, String room, String flow, String scope, Object source) {
    public RunOrder run() {
        return new RunOrder(room, flow, scope, "cli", "undo", false, null);
    }

    public boolean isOfCatalog() {
        return room.equals("catalog");
    }

    /** The parameters of {@code harvest/undo-run} and {@code catalog/undo-run}. */
    public Map<String, Object> parameters(RunStart start) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start.run());
        parameters.put("undone", undone);
        parameters.put("source", source);
        parameters.put("now", null);
        return parameters;
    }
}
