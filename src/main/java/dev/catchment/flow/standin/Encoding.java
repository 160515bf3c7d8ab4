package dev.catchment.flow.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Writes what the decoder of a kind makes JSON of: the way back. */
final class Encoding {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PREFIXES = Map.of(
            "dct", "http://purl.org/dc/terms/",
            "dcat", "http://www.w3.org/ns/dcat#",
            "foaf", "http://xmlns.com/foaf/0.1/",
            "hydra", "http://www.w3.org/ns/hydra/core#");

    private Encoding() {}

    /** An answer that is decoded to this. @param decode as kinds name it */
    static Answer of(String decode, JsonNode json) throws JsonProcessingException {
        return switch (decode) {
            case "xml" -> {
                StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
                json.properties().forEach(root -> element(root.getKey(), root.getValue(), xml));
                yield new Answer(
                        200,
                        Map.of("Content-Type", "application/xml"),
                        xml.toString().getBytes(UTF_8));
            }
            case "json-ld" ->
                new Answer(200, Map.of("Content-Type", "application/ld+json"), JSON.writeValueAsBytes(graph(json)));
            default -> Answer.json(200, JSON.writeValueAsBytes(json));
        };
    }

    private static ObjectNode graph(JsonNode json) {
        ObjectNode document = JSON.createObjectNode();
        ObjectNode context = document.putObject("@context");
        PREFIXES.forEach(context::put);
        ArrayNode graph = document.putArray("@graph").addAll((ArrayNode) json.get("records"));
        ObjectNode page = graph.addObject().put("@id", "urn:page").put("@type", "hydra:PartialCollectionView");
        page.set("hydra:totalItems", json.get("total"));
        if (json.hasNonNull("next")) {
            page.putObject("hydra:next").set("@id", json.get("next"));
        }
        return document;
    }

    private static void element(String name, JsonNode value, StringBuilder xml) {
        if (value.isArray()) {
            value.forEach(each -> element(name, each, xml));
            return;
        }
        xml.append('<').append(name);
        value.properties().stream()
                .filter(field -> field.getKey().startsWith("@"))
                .forEach(field -> xml.append(' ')
                        .append(field.getKey().substring(1))
                        .append("=\"")
                        .append(escaped(field.getValue()))
                        .append('"'));
        xml.append('>');
        if (value.isValueNode()) {
            xml.append(escaped(value));
        }
        value.properties().stream()
                .filter(field -> !field.getKey().startsWith("@"))
                .forEach(field -> element(field.getKey(), field.getValue(), xml));
        xml.append("</").append(name).append('>');
    }

    private static String escaped(JsonNode value) {
        return value.asText().replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
