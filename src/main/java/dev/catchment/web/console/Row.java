package dev.catchment.web.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A row of a statement as a page shows it: what is not there is empty. */
public record Row(Map<String, Object> columns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public boolean has(String column) {
        return columns.get(column) != null;
    }

    public String text(String column) {
        return has(column) ? String.valueOf(columns.get(column)) : "";
    }

    /** The text, or other words where there is none. */
    public String text(String column, String otherwise) {
        return text(column).isBlank() ? otherwise : text(column);
    }

    /** Words with spaces between, one by one. */
    public List<String> words(String column) {
        return text(column).isBlank() ? List.of() : List.of(text(column).strip().split("\\s+"));
    }

    public boolean is(String column) {
        return Boolean.TRUE.equals(columns.get(column));
    }

    public long number(String column) {
        return columns.get(column) instanceof Number number ? number.longValue() : 0;
    }

    public double decimal(String column) {
        return columns.get(column) instanceof Number number ? number.doubleValue() : 0;
    }

    /** A moment in ISO 8601 and UTC; null if there is none. */
    public String moment(String column) {
        return columns.get(column) instanceof Date moment ? moment.toInstant().toString() : null;
    }

    /** What a column holds as the text of JSON; missing if nothing. */
    public JsonNode json(String column) {
        if (!has(column)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text(column));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
