package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.text.Suggestion;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The fields of an entry, or of a map within it; what is wrong with one is noted and the next one is read.
 *
 * @param place of the map in the entry: empty, or such as {@code metadata.}
 */
record SourceFields(SourceEntry entry, String place, ObjectNode values, List<SourceProblem> problems) {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    void refuseUnknown(List<String> known) {
        values.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                String problem = "Unknown field %s%s. Did you mean %s? Fields are %s."
                        .formatted(place, field, Suggestion.to(field, known), String.join(", ", known));
                problems.add(SourceProblem.told(entry, place + field, "", problem));
            }
        });
    }

    /** @param reader throws IllegalArgumentException if the value is not allowed. @return null if there is none that is */
    String required(String field, UnaryOperator<String> reader, String allowed) {
        String value = optional(field, reader, allowed);
        if (value == null && isAbsent(field)) {
            refuse(field, "", allowed);
        }
        return value;
    }

    String optional(String field, UnaryOperator<String> reader, String allowed) {
        if (isAbsent(field)) {
            return null;
        }
        JsonNode value = values.get(field);
        String text = value.isTextual() ? value.textValue().strip() : value.isArray() ? "(a list)" : "(a map)";
        try {
            if (value.isTextual() && !CONTROL.matcher(text).find()) {
                return reader.apply(text);
            }
        } catch (IllegalArgumentException wrong) {
            // What is allowed says more.
        }
        refuse(field, text, allowed);
        return null;
    }

    /** The map under a field; an empty one if there is none. */
    SourceFields in(String field) {
        JsonNode value = values.get(field);
        boolean isMap = value instanceof ObjectNode;
        if (!isMap && !isAbsent(field)) {
            refuse(field, value.isTextual() ? value.textValue() : "(a list)", "a map of fields");
        }
        ObjectNode map = isMap ? (ObjectNode) value : JsonNodeFactory.instance.objectNode();
        return new SourceFields(entry, place + field + ".", map, problems);
    }

    boolean isAbsent(String field) {
        JsonNode value = values.get(field);
        return value == null
                || value.isNull()
                || value.isTextual() && value.textValue().isBlank();
    }

    void refuse(String field, String value, String allowed) {
        problems.add(SourceProblem.of(entry, place + field, value, allowed));
    }
}
