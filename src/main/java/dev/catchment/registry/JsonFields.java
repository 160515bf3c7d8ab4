package dev.catchment.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import java.util.Set;

/** The fields of one object; blank text is no value. */
record JsonFields(JsonNode node) {
    /** Fields that may be numbers: epochs. */
    private static final Set<String> MOMENTS = Set.of("updated_at", "updatedAt", "modified");

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    JsonFields object(String field) throws BadRecord {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            throw RecordParser.wrongType(field, "an object", value);
        }
        return new JsonFields(value);
    }

    /** Text; a number is taken as it is written, for epochs. */
    String text(String field) throws BadRecord {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        boolean epoch = value.isNumber() && MOMENTS.contains(field);
        if (!value.isTextual() && !epoch) {
            throw RecordParser.wrongType(field, "text", value);
        }
        String text = epoch ? value.decimalValue().toPlainString() : value.asText();
        return text.isBlank() ? null : text.strip();
    }

    String first(String... fields) throws BadRecord {
        for (String field : fields) {
            String text = text(field);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    String firstOr(String field, String otherwise) throws BadRecord {
        String text = node.isObject() ? text(field) : null;
        return text == null ? otherwise : text;
    }
}
