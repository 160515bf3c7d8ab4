package dev.catchment.flow.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The fields of one JSON object, read as what their columns need. Absent and null are the same: no value. */
public final class RecordFields {

    private static final BigDecimal BIGINT_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private final JsonNode node;
    private final String path;

    public RecordFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** An inner object. Absent, null and an empty list (old servers) are an object without fields. */
    public RecordFields object(String name) throws BadRecord {
        JsonNode value = node.path(name);
        if (value.isObject()) {
            return new RecordFields(value, path + name + ".");
        }
        if (isNothing(value)) {
            return new RecordFields(MissingNode.getInstance(), path + name + ".");
        }
        throw RecordParser.wrongType(path + name, "an object", value);
    }

    /** A trimmed string; null where it is blank or an unfilled template. */
    public String text(String name) throws BadRecord {
        JsonNode value = node.path(name);
        if (value.isTextual()) {
            return FieldText.value(value.textValue());
        }
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        throw RecordParser.wrongType(path + name, "a string", value);
    }

    /** A list of strings, trimmed, without blank ones and nulls. */
    public List<String> texts(String name) throws BadRecord {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : list(name)) {
            if (!item.isTextual() && !item.isNull()) {
                throw RecordParser.wrongType(path + name + "[]", "a string", item);
            }
            String text = FieldText.value(item.textValue());
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A list of {@code {key, value}} pairs in the order given. The 2017 server sent {@code {}} for none. */
    public List<Pair> pairs(String name) throws BadRecord {
        List<Pair> pairs = new ArrayList<>();
        for (JsonNode item : list(name)) {
            if (!item.isObject()) {
                throw RecordParser.wrongType(path + name + "[]", "an object", item);
            }
            String key = item.path("key").textValue();
            String value = FieldText.value(item.path("value").textValue());
            if (key != null && value != null) {
                pairs.add(new Pair(key, value));
            }
        }
        return pairs;
    }

    private JsonNode list(String name) throws BadRecord {
        JsonNode value = node.path(name);
        if (value.isArray() || isNothing(value)) {
            return value;
        }
        throw RecordParser.wrongType(path + name, "a list", value);
    }

    /** A whole number from 0 to the largest bigint; {@code 5.0} is whole. */
    public Long count(String name) throws BadRecord {
        JsonNode value = node.path(name);
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (number.signum() >= 0
                    && number.compareTo(BIGINT_MAX) <= 0
                    && number.stripTrailingZeros().scale() <= 0) {
                return number.longValueExact();
            }
        }
        throw RecordParser.wrongType(path + name, "a whole number from 0 to 9223372036854775807", value);
    }

    /** A moment; null where the string is blank. */
    public Instant moment(String name) throws BadRecord {
        return FieldMoment.parse(text(name), path + name);
    }

    /** Whether the field is there and a number. */
    public boolean isNumber(String name) {
        return node.path(name).isNumber();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode() || value.isContainerNode() && value.isEmpty();
    }

    /** One pair of a portal's own metadata; the value is trimmed and not blank. */
    public record Pair(String key, String value) {}
}
