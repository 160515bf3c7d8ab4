package dev.catchment.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a dry run finds a file to change. Of a key that comes more than once the last record that can be used counts, so
 * one that differs from what is held is a difference only until a later one comes; batches that share a key are compared
 * in the order of the file.
 */
final class Comparison {
    private final HeldRows different = new HeldRows();
    private final HeldRows newer = new HeldRows();

    /** @param rows of {@code registry/find-held-keys} for one batch. @return what it adds to the counts */
    synchronized Map<String, Object> count(List<Map<String, Object>> rows) {
        Map<String, Object> counts = new HashMap<>();
        for (Map<String, Object> row : rows) {
            Long held = (Long) row.get("held");
            String outcome = (String) row.get("outcome");
            if (held != null && (outcome.equals("updated") || outcome.equals("unchanged"))) {
                outcome = last(held, outcome, (Boolean) row.get("is_newer"), counts);
            }
            add(counts, outcome, 1);
            add(counts, "seen", outcome.equals("skipped") ? -1 : 0); // it was counted when it was sent
        }
        return counts;
    }

    /** The moment of an earlier one stays, for the greatest does, whatever else comes. */
    private String last(long held, String outcome, boolean isNewer, Map<String, Object> counts) {
        if (different.remove(held)) {
            add(counts, "updated", -1);
            add(counts, "skipped", 1);
            add(counts, "seen", -1);
        }
        if (isNewer) {
            newer.add(held);
        }
        if (outcome.equals("unchanged") && !newer.contains(held)) {
            return outcome;
        }
        different.add(held);
        return "updated";
    }

    private static void add(Map<String, Object> counts, String count, long amount) {
        counts.merge(count, amount, (a, b) -> (Long) a + (Long) b);
    }
}
