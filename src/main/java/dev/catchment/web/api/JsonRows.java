package dev.catchment.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.postgres.rows.RowStream.JsonText;
import java.math.BigDecimal;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Rows of the database as JSON: moments in ISO 8601 and UTC, {@code jsonb} as what it holds, arrays as lists. */
final class JsonRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonRows() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** A page of a list. @param next where the next begins; null if this is the last */
    static String page(List<Map<String, Object>> rows, List<String> fields, String next) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode items = page.putArray("items");
        rows.forEach(row -> items.add(of(row, fields)));
        page.put("next", next);
        return page.toString();
    }

    static ObjectNode of(Map<String, Object> row, List<String> fields) {
        ObjectNode object = JSON.createObjectNode();
        fields.forEach(field -> object.set(field, node(row.get(field))));
        return object;
    }

    /** A field of a row in a file whose fields are text; empty if there is none. */
    static String text(Object value) {
        JsonNode node = node(value);
        return node.isNull() ? "" : node.isValueNode() ? node.asText() : node.toString();
    }

    private static JsonNode node(Object value) {
        if (value instanceof Date moment) {
            return JSON.getNodeFactory().textNode(moment.toInstant().toString());
        }
        if (value instanceof JsonText held) {
            return parsed(held);
        }
        if (value instanceof List<?> several) {
            ArrayNode list = JSON.createArrayNode();
            several.forEach(each -> list.add(node(each)));
            return list;
        }
        if (value instanceof BigDecimal number) {
            return DecimalNode.valueOf(number); // 400.00, and not 4E+2
        }
        return JSON.valueToTree(value);
    }

    private static JsonNode parsed(JsonText held) {
        try {
            return JSON.readTree(held.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
