package dev.catchment.flow;

import java.util.HashMap;
import java.util.Map;

/** Removes what was kept long enough, one small batch after the other: what a batch is told, and how many all removed. */
public final class Retention {
    /** Rows of one batch: a statement of so many is over in a moment, and holds nobody up. */
    private static final int MOST = 2_000;
    /** Each is looked up by an index. */
    private static final int SOURCES = 100;

    /**
     * The parameters of a statement that removes a batch.
     *
     * @param milliseconds blank for ever, which the statement sees as null
     * @param after where the batch before said to go on
     */
    public Map<String, Object> batch(String milliseconds, long after) {
        return parameters("keep", milliseconds, after, MOST);
    }

    /** The same of what is kept up to a number of each source. @param quota blank for all of them */
    public Map<String, Object> beyond(String quota, long after) {
        return parameters("quota", quota, after, SOURCES);
    }

    /** The parameters of a statement that makes partitions ahead. @param size month, quarter, year, or how many numbers */
    public Map<String, Object> ranges(String size) {
        return Map.of("size", size);
    }

    /** The parameters of {@code ops/refresh-planner-statistics}. */
    public Map<String, Object> table(String name) {
        return Map.of("table", name);
    }

    private static Map<String, Object> parameters(String name, String limit, long after, int most) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(name, limit.isBlank() ? null : Long.valueOf(limit));
        parameters.put("after", after);
        parameters.put("most", most);
        return parameters;
    }

    /** The row of a batch that was left for the next night. */
    public Map<String, Object> nothing() {
        return Map.of("removed", 0);
    }

    /** @param row of a batch: removed */
    public long sum(long before, Map<String, Object> row) {
        return before + ((Number) row.get("removed")).longValue();
    }
}
