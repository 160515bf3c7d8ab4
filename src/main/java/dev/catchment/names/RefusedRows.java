package dev.catchment.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Why rows of a file are refused: how many for each reason, and two of each to look at. */
final class RefusedRows {
    private static final int SAMPLES = 2;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, List<String>> samples = new TreeMap<>();

    void add(Map<String, Object> reject) {
        String reason = (String) reject.get("reason");
        if (counts.merge(reason, 1, Integer::sum) <= SAMPLES) {
            samples.computeIfAbsent(reason, first -> new ArrayList<>())
                    .add(reject.get("position") + ": " + reject.get("message"));
        }
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** {@code Refused: bad-count 3 (a.csv line 4: no whole number of births: "x"; …).} */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue() + " ("
                        + String.join("; ", samples.get(reason.getKey())) + ")")
                .collect(Collectors.joining(", ", "Refused: ", "."));
    }
}
