package dev.catchment.names;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.support.TestDatabase;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What all figures of one year and gender come to, as the oracle tells it: a name that stands twice is added up. */
record Figured(int names, long sum, String top, int max, int min) {
    /** What a dataset came to in the database, whether its figures count or a later release holds them. */
    private static final String OF_DATASET = """
            select year, gender, count(*)::integer as names, sum(count) as births, max(count) as most, min(count) as least,
              string_agg(name, '|' order by name collate "C") filter (where count = most) as top
            from (
              select n.*, max(n.count) over (partition by n.year, n.gender) as most
              from names.names n where n.dataset_id = ?::uuid
            ) n
            group by year, gender""";

    /** What is counted apart. */
    record Key(int year, Gender gender) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return year == other.year ? gender.compareTo(other.gender) : Integer.compare(year, other.year);
        }
    }

    /** By year and gender; the entries are closed. */
    static Map<Key, Figured> of(Stream<FileEntry> entries) {
        Map<Key, Map<String, Integer>> names = new TreeMap<>();
        try (entries) {
            entries.filter(FileEntry.Figure.class::isInstance)
                    .map(FileEntry.Figure.class::cast)
                    .forEach(figure -> names.computeIfAbsent(
                                    new Key(figure.year(), figure.gender()), key -> new HashMap<>())
                            .merge(figure.name(), figure.count(), Integer::sum));
        }
        Map<Key, Figured> figured = new TreeMap<>();
        names.forEach((key, counts) -> figured.put(key, of(counts)));
        return figured;
    }

    static Map<Key, Figured> inDatabase(String dataset) {
        Map<Key, Figured> figured = new TreeMap<>();
        for (Map<String, Object> row : TestDatabase.rows(OF_DATASET, dataset)) {
            Key key = new Key((Integer) row.get("year"), Gender.valueOf((String) row.get("gender")));
            figured.put(
                    key,
                    new Figured(
                            (Integer) row.get("names"),
                            (Long) row.get("births"),
                            (String) row.get("top"),
                            (Integer) row.get("most"),
                            (Integer) row.get("least")));
        }
        return figured;
    }

    @Override
    public String toString() {
        return "%d, %d, %s, %d, %d".formatted(names, sum, top, max, min);
    }

    private static Figured of(Map<String, Integer> counts) {
        int max = Collections.max(counts.values());
        List<String> top = counts.keySet().stream()
                .filter(name -> counts.get(name) == max)
                .sorted()
                .toList();
        long sum = counts.values().stream().mapToLong(Integer::longValue).sum();
        return new Figured(counts.size(), sum, String.join("|", top), max, Collections.min(counts.values()));
    }
}
