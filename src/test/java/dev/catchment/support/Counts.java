package dev.catchment.support;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A summary of a run in a few words: its status and what was counted, noughts left out. */
public final class Counts {
    private Counts() {}

    /** Such as {@code succeeded: seen 35, added 34, rejected 1}. */
    public static String of(Map<String, Object> summary) {
        return Stream.of("seen", "added", "updated", "unchanged", "retired", "restored", "rejected", "skipped")
                .filter(count -> ((Number) summary.get(count)).longValue() != 0)
                .map(count -> count + " " + summary.get(count))
                .collect(Collectors.joining(", ", summary.get("status") + ": ", ""));
    }
}
