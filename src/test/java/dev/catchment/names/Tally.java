package dev.catchment.names;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures of a file come to, in the terms of the oracle. */
final class Tally {
    private final Map<String, Map<String, Long>> names = new TreeMap<>();
    private final Map<Entry.Passed, Long> passed = new EnumMap<>(Entry.Passed.class);
    private final Set<String> unusable = new TreeSet<>();

    static Tally of(Stream<Entry> entries) {
        Tally tally = new Tally();
        entries.forEach(tally::add);
        return tally;
    }

    private void add(Entry entry) {
        if (entry instanceof Entry.Figure figure) {
            names.computeIfAbsent(figure.year() + " " + figure.gender(), key -> new TreeMap<>())
                    .merge(figure.name(), (long) figure.count(), Long::sum);
        } else if (entry instanceof Entry.Passed why) {
            passed.merge(why, 1L, Long::sum);
        } else {
            unusable.add(entry.toString());
        }
    }

    /** Of one year and gender, {@code 2019 F}: names, sum, top names, largest, smallest. */
    String figures(String key) {
        Map<String, Long> counts = names.getOrDefault(key, Map.of("", 0L));
        long largest = Collections.max(counts.values());
        String top = counts.entrySet().stream()
                .filter(name -> name.getValue() == largest)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining("|"));
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        return "%d names, %d babies, top %s, %d to %d"
                .formatted(counts.size(), sum, top, largest, Collections.min(counts.values()));
    }

    Set<String> keys() {
        return names.keySet();
    }

    Set<String> unusable() {
        return unusable;
    }

    Map<Entry.Passed, Long> passed() {
        return passed;
    }
}
