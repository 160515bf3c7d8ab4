package dev.catchment.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.path.NodePath;
import dev.catchment.text.Suggestion;
import dev.catchment.text.UrlSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A JSON Schema (draft 7) of files that people write. What it describes a field with is what a problem says is allowed, so
 * that people read the same in their editor and in a message.
 */
public final class DocumentSchema {
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

    private static final int LONGEST = 80;

    private final Schema schema;
    private final Map<String, Consumer<String>> formats;

    /**
     * @param path where the value stands, or is missing: field names, and numbers of items from 0 on
     * @param value as it was written; empty if there is none
     * @param what a sentence: what is wrong and what is allowed
     */
    public record Problem(List<Object> path, String value, String what) {}

    /** @param formats which throw IllegalArgumentException for what they refuse, with the reason or none */
    public DocumentSchema(String resource, Map<String, Consumer<String>> formats) {
        this.formats = formats;
        Dialect dialect = Dialect.builder(DRAFT, Dialects.getDraft7())
                .formats(known -> formats.forEach((name, reader) -> known.put(name, new Read(name, reader))))
                .build();
        try (InputStream file = DocumentSchema.class.getResourceAsStream(resource)) {
            schema = SchemaRegistry.withDialect(dialect).getSchema(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Read(String getName, Consumer<String> reader) implements Format {
        @Override
        public boolean matches(ExecutionContext context, String value) {
            return reason(reader, value) == null;
        }
    }

    /** Null if it is allowed. */
    private static String reason(Consumer<String> reader, String value) {
        try {
            reader.accept(value);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
        }
    }

    /** One of each place, in the order of the schema; of a map, unknown fields first. */
    public List<Problem> problems(JsonNode document) {
        Map<List<Object>, Problem> problems = new LinkedHashMap<>();
        for (Error error :
                schema.validate(document, run -> run.executionConfig(c -> c.formatAssertionsEnabled(true)))) {
            Problem problem = problem(error);
            problems.putIfAbsent(problem.path(), problem);
        }
        return problems.values().stream()
                .sorted(Comparator.comparing(problem -> order(problem.path()), Arrays::compare))
                .toList();
    }

    private Problem problem(Error error) {
        List<Object> path = elements(error.getInstanceLocation());
        JsonNode rule = rule(error);
        if (error.getProperty() != null) {
            path.add(error.getProperty());
        }
        String place = place(path);
        switch (error.getKeyword()) {
            case "additionalProperties" -> {
                List<String> known = new ArrayList<>();
                rule.path("properties").fieldNames().forEachRemaining(known::add);
                String nearest = Suggestion.to(error.getProperty(), known);
                return new Problem(
                        path,
                        "",
                        "Unknown field %s. Did you mean %s? Fields are %s."
                                .formatted(place, nearest, String.join(", ", known)));
            }
            case "required" -> {
                String allowed = allowed(rule.path("properties").path(error.getProperty()), path);
                return new Problem(path, "", "%s is missing. Allowed: %s.".formatted(place, allowed));
            }
            default -> {
                return refused(error, path, place, rule);
            }
        }
    }

    private Problem refused(Error error, List<Object> path, String place, JsonNode rule) {
        String value = written(error.getInstanceNode());
        String reason = error.getKeyword().equals("format")
                ? reason(formats.get(rule.path("format").asText()), value)
                : "";
        if (!reason.isEmpty()) {
            return new Problem(path, value, "%s cannot be read: %s (%s)".formatted(place, shown(value), reason));
        }
        boolean isTooLong = error.getKeyword().equals("maxItems");
        String allowed = isTooLong ? "at most " + rule.get("maxItems") : allowed(rule, path);
        String said =
                isTooLong ? "(a list of %d)".formatted(error.getInstanceNode().size()) : shown(value);
        return new Problem(path, value, "%s=%s is not allowed. Allowed: %s.".formatted(place, said, allowed));
    }

    /** The part of the schema that the value breaks. */
    private JsonNode rule(Error error) {
        NodePath keyword = error.getSchemaLocation().getFragment();
        return at(schema.getSchemaNode(), elements(keyword.getParent()));
    }

    /** What a part says is allowed, or the schema of that place in general. */
    private String allowed(JsonNode rule, List<Object> path) {
        return rule.has("description")
                ? rule.get("description").asText()
                : general(path).path("description").asText();
    }

    private JsonNode general(List<Object> path) {
        JsonNode rule = schema.getSchemaNode();
        for (Object step : path) {
            rule = general(rule, step);
        }
        return rule;
    }

    private JsonNode general(JsonNode rule, Object step) {
        JsonNode of = step instanceof Integer
                ? rule.path("items")
                : rule.path("properties").path(step.toString());
        return of.has("$ref")
                ? schema.getSchemaNode().at(of.get("$ref").asText().substring(1))
                : of;
    }

    private int[] order(List<Object> path) {
        int[] order = new int[path.size()];
        JsonNode rule = schema.getSchemaNode();
        for (int i = 0; i < order.length; i++) {
            List<String> known = new ArrayList<>();
            rule.path("properties").fieldNames().forEachRemaining(known::add);
            order[i] = path.get(i) instanceof Integer item ? item : known.indexOf(path.get(i));
            rule = general(rule, path.get(i));
        }
        return order;
    }

    private static JsonNode at(JsonNode node, List<Object> path) {
        JsonNode found = node;
        for (Object step : path) {
            found = step instanceof Integer index && found.isArray() ? found.path(index) : found.path(step.toString());
        }
        return found;
    }

    private static List<Object> elements(NodePath path) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < path.getNameCount(); i++) {
            elements.add(path.getElement(i));
        }
        return elements;
    }

    /** As people write it, without the item of the list that the file is. */
    private static String place(List<Object> path) {
        StringBuilder place = new StringBuilder();
        for (Object step : path.subList(path.isEmpty() || path.get(0) instanceof String ? 0 : 1, path.size())) {
            place.append(step instanceof Integer ? "[" + step + "]" : (place.isEmpty() ? "" : ".") + step);
        }
        return place.toString();
    }

    private static String written(JsonNode value) {
        return value.isArray() ? "(a list)" : value.isObject() ? "(a map)" : value.asText();
    }

    /** What is shown of a value: no control character and no secret reaches a terminal. */
    public static String shown(String value) {
        String plain = UrlSecrets.masked(value.replaceAll("\\p{Cntrl}+", " ")).strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
