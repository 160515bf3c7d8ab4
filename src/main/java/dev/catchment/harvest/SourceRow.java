package dev.catchment.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.kind.Placeholders;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A source, as {@code harvest/claim-source} gives it.
 *
 * @param host whose budget it shares: that of its URL, or the one that its kind names
 */
public record SourceRow(
        long id,
        String name,
        String kind,
        String url,
        String host,
        Map<String, String> options,
        String secret,
        String schedule,
        String health,
        int failures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SourceRow of(Map<String, Object> row) {
        return new SourceRow(
                ((Number) row.get("source_id")).longValue(),
                (String) row.get("name"),
                (String) row.get("kind"),
                (String) row.get("url"),
                (String) row.get("host"),
                options((String) row.get("options")),
                (String) row.get("secret"),
                (String) row.get("schedule"),
                (String) row.get("health"),
                ((Number) row.get("failures")).intValue());
    }

    private static Map<String, String> options(String json) {
        Map<String, String> options = new HashMap<>();
        try {
            for (Map.Entry<String, JsonNode> each : JSON.readTree(json).properties()) {
                options.put(each.getKey(), each.getValue().asText());
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // jsonb gave it
        }
        return options;
    }

    Placeholders placeholders() {
        return Placeholders.of(name, url, URI.create(url).getHost(), options);
    }
}
