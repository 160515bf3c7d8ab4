package dev.catchment.flow;

import java.util.HashMap;
import java.util.Map;

/** How long states that ended are kept, for the statements that forget them. */
public final class HistoryLimit {

    /** @param milliseconds blank for ever, which the statement sees as null */
    public Map<String, Object> parameters(String milliseconds) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("keep", milliseconds.isBlank() ? null : Long.valueOf(milliseconds));
        return parameters;
    }

    /** @param quota states that are kept of a source; blank for all, which the statement sees as null */
    public Map<String, Object> parameters(String milliseconds, String quota) {
        Map<String, Object> parameters = parameters(milliseconds);
        parameters.put("quota", quota.isBlank() ? null : Long.valueOf(quota));
        return parameters;
    }
}
