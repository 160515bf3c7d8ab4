package dev.catchment.flow;

import java.util.LinkedHashMap;
import java.util.Map;

/** The counts of a run so far, for the progress line and the report of a dry run. Thread-safe. */
public final class Tally {
    private final Map<String, Long> counts = new LinkedHashMap<>();

    public synchronized void add(String count, long amount) {
        counts.merge(count, amount, Long::sum);
    }

    public synchronized void addAll(Map<String, Object> row) {
        row.forEach((count, amount) -> counts.merge(count, ((Number) amount).longValue(), Long::sum));
    }

    public synchronized long get(String count) {
        return counts.getOrDefault(count, 0L);
    }
}
