package dev.catchment.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.schema.DocumentSchema;
import dev.catchment.text.ResourceFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What may be asked, and with which arguments: {@code mcp/<name>.schema.json}, a JSON Schema. A route named for it,
 * {@code mcp-tool-<name>}, answers with rows.
 */
public final class Tool {
    private static final String FOLDER = "mcp/";
    private static final String END = ".schema.json";
    private static final String MOST = "most";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final JsonNode schema;
    private final DocumentSchema checked;

    private Tool(String name) {
        this.name = name;
        String file = "/" + FOLDER + name + END;
        try (InputStream in = Tool.class.getResourceAsStream(file)) {
            this.schema = JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.checked = new DocumentSchema(file, Map.of("uuid", UUID::fromString, "date-time", OffsetDateTime::parse));
    }

    /** All there are, by name. */
    public static List<Tool> all() {
        return ResourceFolder.names(FOLDER).stream()
                .filter(file -> file.endsWith(END))
                .map(file -> new Tool(file.substring(0, file.length() - END.length())))
                .toList();
    }

    public String name() {
        return name;
    }

    public String description() {
        return schema.path("description").asText();
    }

    /** What its arguments are. */
    JsonNode schema() {
        return schema;
    }

    /** The route that answers it. */
    public String route() {
        return "mcp-tool-" + name.replace('_', '-');
    }

    /**
     * The parameters of its statement.
     *
     * @throws IllegalArgumentException if an argument is missing, unknown or not allowed; says which are
     */
    Map<String, Object> parameters(Map<String, Object> arguments) {
        JsonNode given = JSON.valueToTree(arguments == null ? Map.of() : arguments);
        List<DocumentSchema.Problem> problems = checked.problems(given);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.stream()
                            .map(problem -> (problem.path().isEmpty()
                                            ? ""
                                            : problem.path().get(0) + ": ")
                                    + problem.what())
                            .collect(Collectors.joining(" "))
                    + " Arguments of %s: %s.".formatted(name, names()));
        }
        Map<String, Object> parameters = new HashMap<>();
        schema.path("properties").properties().forEach(property -> {
            JsonNode value = given.has(property.getKey())
                    ? given.get(property.getKey())
                    : property.getValue().path("default");
            if (property.getKey().equals("limit")) {
                // One more tells whether there are more.
                parameters.put(MOST, value.asLong() + 1);
            } else {
                parameters.put(
                        property.getKey(),
                        value.isMissingNode() || value.isNull() ? null : JSON.convertValue(value, Object.class));
            }
        });
        return parameters;
    }

    private String names() {
        return schema.path("properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    /** The first rows, so many as were asked for, as JSON; says so if there are more. */
    String answer(RowStream rows, Map<String, Object> parameters) {
        long most = parameters.get(MOST) instanceof Long oneMore ? oneMore - 1 : Long.MAX_VALUE;
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode list = answer.putArray("rows");
        try (rows) {
            while (rows.hasNext() && list.size() < most) {
                ObjectNode row = list.addObject();
                rows.next().forEach((column, value) -> {
                    if (!column.equals("page_key")) {
                        row.set(column, json(value));
                    }
                });
            }
            answer.put("has_more", rows.hasNext());
        }
        return answer.toString();
    }

    private static JsonNode json(Object value) {
        if (value instanceof RowStream.JsonText held) {
            return parsed(held.json());
        }
        if (value instanceof List<?> several) {
            ArrayNode list = JSON.createArrayNode();
            several.forEach(one -> list.add(json(one)));
            return list;
        }
        if (value instanceof java.util.Date moment) {
            return JSON.getNodeFactory()
                    .textNode(
                            isDay(moment)
                                    ? moment.toString()
                                    : moment.toInstant().toString());
        }
        return value instanceof String text && isObject(text) ? parsed(text) : JSON.valueToTree(value);
    }

    private static boolean isDay(java.util.Date moment) {
        return moment.toString().length() == "2026-01-01".length();
    }

    /** Some statements give an object as text. */
    private static boolean isObject(String text) {
        return text.startsWith("{\"") && text.endsWith("}");
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(json);
        }
    }
}
