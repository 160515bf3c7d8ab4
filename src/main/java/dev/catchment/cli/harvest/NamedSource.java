package dev.catchment.cli.harvest;

import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The source that people name. */
final class NamedSource {
    private NamedSource() {}

    /** @throws IllegalArgumentException if there is none of that name, with those that are like it */
    static Map<String, Object> find(Database database, String name) {
        List<Map<String, Object>> found = database.rows("harvest/find-source", Map.of("source", name));
        if (!found.isEmpty() && Boolean.TRUE.equals(found.get(0).get("is_named"))) {
            Map<String, Object> source = found.get(0);
            source.remove("is_named");
            return source;
        }
        String like = found.stream().map(row -> (String) row.get("name")).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                like.isEmpty()
                        ? "There is no source %s. 'catchment sources list' lists them.".formatted(name)
                        : "There is no source %s. Did you mean %s?".formatted(name, like));
    }
}
