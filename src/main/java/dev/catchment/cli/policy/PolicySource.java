package dev.catchment.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The source that people mean, and its versions. */
final class PolicySource {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What only contains the word is no more than a guess. */
    private static final int GUESS = 4;

    private static final int MOST = 8;

    static final String NOTHING_HELD =
            "This page has no text on hold. 'catchment policy list --failing' lists those that do.";

    private PolicySource() {}

    /**
     * @param said its name, the beginning of one, its URL or the beginning of its id
     * @return its id
     * @throws IllegalArgumentException if there is none, or more than one that fits as well
     */
    static String id(Database database, String said) {
        List<Map<String, Object>> found = database.rows("policy/find-sources", Map.of("said", said.strip()));
        int best = found.isEmpty() ? GUESS : (Integer) found.get(0).get("fit");
        List<Map<String, Object>> fitting =
                found.stream().filter(row -> row.get("fit").equals(best)).toList();
        if (best < GUESS && fitting.size() == 1) {
            return fitting.get(0).get("source_id").toString();
        }
        String what =
                best < GUESS ? "%d sources match %s".formatted(fitting.size(), said) : "No source begins with " + said;
        throw new IllegalArgumentException(
                fitting.isEmpty()
                        ? what + ". 'catchment policy list' lists them."
                        : what + "; there %s%n%s".formatted(fitting.size() == 1 ? "is" : "are", names(fitting)));
    }

    private static String names(List<Map<String, Object>> sources) {
        String names = sources.stream()
                .limit(MOST)
                .map(row -> "  %s  %s (%s, %s)"
                        .formatted(
                                row.get("source_id").toString().substring(0, 8),
                                row.get("name"),
                                row.get("country"),
                                row.get("visa_type")))
                .collect(Collectors.joining(System.lineSeparator()));
        return sources.size() > MOST ? "%s%n  and %d more".formatted(names, sources.size() - MOST) : names;
    }

    /** All that is known of a source, its metadata as text. */
    static Map<String, Object> find(Database database, String id) {
        return database.rows("policy/find-source", Map.of("source", id)).get(0);
    }

    /** A version with its text. @param number null for the last one */
    static Map<String, Object> version(Database database, String id, Integer number) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("source", id);
        asked.put("version", number);
        List<Map<String, Object>> versions = database.rows("policy/find-text", asked);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException(
                    number == null
                            ? "There is no version yet: the page has not been read."
                            : "No version %d. 'catchment policy show' lists them.".formatted(number));
        }
        return parsed(versions.get(0), "links");
    }

    /** What a page says now and does not count yet. */
    static Map<String, Object> candidate(Database database, String id) {
        return database.rows("policy/find-candidate", Map.of("source", id)).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(NOTHING_HELD));
    }

    /** The row with a column of JSON, which comes as text, as what it says. */
    static Map<String, Object> parsed(Map<String, Object> row, String column) {
        try {
            row.put(column, JSON.readValue((String) row.get(column), Object.class));
            return row;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
