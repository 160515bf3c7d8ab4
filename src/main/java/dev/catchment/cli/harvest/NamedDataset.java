package dev.catchment.cli.harvest;

import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one dataset that a user means. */
final class NamedDataset {
    private NamedDataset() {}

    /**
     * @param at null for now
     * @throws IllegalArgumentException if there is none of that name at that moment, or more than one; says which
     */
    static Map<String, Object> find(Database database, String named, String at) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("dataset", named);
        asked.put("at", at);
        List<Map<String, Object>> found = database.rows("harvest/find-dataset", asked);
        if (found.isEmpty() && at != null) {
            Map<String, Object> now = find(database, named, null);
            throw new IllegalArgumentException(
                    "Nothing is known of %s/%s at %s.".formatted(now.get("source"), now.get("key"), at));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no dataset %s. Give our id, SOURCE/KEY, or the id that the portal gives it."
                            .formatted(named));
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("Several datasets are named %s: %s. Name one of them."
                    .formatted(
                            named,
                            found.stream()
                                    .map(row -> row.get("source") + "/" + row.get("key"))
                                    .collect(Collectors.joining(", "))));
        }
        return found.get(0);
    }
}
