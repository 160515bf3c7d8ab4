package dev.catchment.flow.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.catchment.errors.TransientFailure;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The datasets of a flattened graph, each with what it refers to inside it. */
final class JsonLdRecords {
    private static final String DCAT = "http://www.w3.org/ns/dcat#";
    private static final String HYDRA = "http://www.w3.org/ns/hydra/core#";
    private static final Set<String> DATASETS = Set.of(DCAT + "Dataset", DCAT + "DatasetSeries");
    /** What stands for itself: it is referred to, not repeated in every record. */
    private static final Set<String> APART =
            Set.of(DCAT + "Dataset", DCAT + "DatasetSeries", DCAT + "Catalog", DCAT + "CatalogRecord");
    /** A dataset, its distribution, the licence of that, the publisher of that … */
    private static final int DEEPEST = 8;
    /** Nodes that share others could be written again and again without end: so many, and for each that there is. */
    private static final int MOST_NODES = 100_000;

    private static final int MOST_TIMES = 10;

    private static final Map<String, String> PREFIXES = JsonLdDecoder.prefixes();
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, JsonObject> nodes = new LinkedHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int written;

    JsonLdRecords(JsonArray flattened) {
        for (JsonValue node : flattened) {
            nodes.put(node.asJsonObject().getString("@id"), node.asJsonObject());
        }
    }

    byte[] json() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("records");
            for (JsonObject node : nodes.values()) {
                if (isOf(node, DATASETS)) {
                    write(json, node);
                }
            }
            json.writeEndArray();
            Optional<String> total = found("totalItems").filter(text -> text.matches("\\d{1,18}"));
            if (total.isPresent()) {
                json.writeNumberField("total", Long.parseLong(total.get()));
            }
            Optional<String> next = found("next").or(() -> found("nextPage"));
            if (next.isPresent()) {
                json.writeStringField("next", next.get());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What the first node says that has it. */
    private Optional<String> found(String property) {
        return nodes.values().stream()
                .map(node -> node.get(HYDRA + property))
                .filter(JsonArray.class::isInstance)
                .flatMap(values -> values.asJsonArray().stream())
                .map(value -> text(value.asJsonObject()))
                .findFirst();
    }

    private static String text(JsonObject value) {
        JsonValue said = value.containsKey("@value") ? value.get("@value") : value.get("@id");
        return said instanceof JsonString text ? text.getString() : String.valueOf(said);
    }

    private static boolean isOf(JsonObject node, Set<String> types) {
        return node.get("@type") instanceof JsonArray said
                && said.stream().anyMatch(type -> types.contains(((JsonString) type).getString()));
    }

    private void write(JsonGenerator json, JsonObject node) throws IOException {
        written++;
        if (written > MOST_NODES + MOST_TIMES * nodes.size()) {
            throw new TransientFailure("The answer has %,d nodes of JSON-LD and stands for more than %,d."
                    .formatted(nodes.size(), written - 1));
        }
        String id = node.getString("@id");
        open.push(id);
        json.writeStartObject();
        // The name of a blank node is that of this answer alone.
        if (!id.startsWith("_:")) {
            json.writeStringField("@id", id);
        }
        for (Map.Entry<String, JsonValue> entry : node.entrySet()) {
            if (entry.getKey().equals("@type")) {
                json.writeFieldName("@type");
                writeTypes(json, entry.getValue().asJsonArray());
            } else if (!entry.getKey().startsWith("@")) {
                json.writeFieldName(compact(entry.getKey()));
                writeValues(json, entry.getValue().asJsonArray());
            }
        }
        json.writeEndObject();
        open.pop();
    }

    private static void writeTypes(JsonGenerator json, JsonArray types) throws IOException {
        List<String> compact = types.stream()
                .map(type -> compact(((JsonString) type).getString()))
                .toList();
        if (compact.size() == 1) {
            json.writeString(compact.get(0));
        } else {
            json.writeStartArray();
            for (String type : compact) {
                json.writeString(type);
            }
            json.writeEndArray();
        }
    }

    private void writeValues(JsonGenerator json, JsonArray values) throws IOException {
        if (values.size() == 1) {
            writeValue(json, values.getJsonObject(0));
            return;
        }
        json.writeStartArray();
        for (JsonValue value : values) {
            writeValue(json, value.asJsonObject());
        }
        json.writeEndArray();
    }

    private void writeValue(JsonGenerator json, JsonObject value) throws IOException {
        if (value.containsKey("@list")) {
            writeValues(json, value.getJsonArray("@list"));
        } else if (value.containsKey("@language")) {
            json.writeStartObject();
            json.writeStringField("@value", text(value));
            json.writeStringField("@language", value.getString("@language"));
            json.writeEndObject();
        } else if (value.containsKey("@value")) {
            writeScalar(json, value.get("@value"));
        } else {
            writeReference(json, value.getString("@id"));
        }
    }

    private void writeReference(JsonGenerator json, String id) throws IOException {
        JsonObject node = nodes.get(id);
        boolean isInside =
                node != null && node.size() > 1 && !isOf(node, APART) && !open.contains(id) && open.size() < DEEPEST;
        if (isInside) {
            write(json, node);
        } else {
            json.writeStartObject();
            if (!id.startsWith("_:")) {
                json.writeStringField("@id", id);
            }
            json.writeEndObject();
        }
    }

    private static void writeScalar(JsonGenerator json, JsonValue value) throws IOException {
        if (value instanceof JsonString text) {
            json.writeString(text.getString());
        } else if (value instanceof JsonNumber number) {
            json.writeNumber(number.bigDecimalValue());
        } else {
            json.writeRawValue(value.toString());
        }
    }

    private static String compact(String iri) {
        int end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
        String namespace = iri.substring(0, end);
        for (Map.Entry<String, String> prefix : PREFIXES.entrySet()) {
            if (prefix.getValue().equals(namespace)) {
                return prefix.getKey() + ":" + iri.substring(end);
            }
        }
        return iri;
    }
}
