package dev.catchment.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code web/openapi.yaml}, an OpenAPI 3.0 document: what may be asked, and what the answers look like. Routes name an
 * operation of it; which parameters there are and what they may say is read here and nowhere else.
 */
public final class Contract {
    private static final String FILE = "/web/openapi.yaml";

    private static final JsonNode DOCUMENT = read();

    private final Map<String, Operation> operations = new LinkedHashMap<>();

    public Contract() {
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (method.getValue().has("operationId")) {
                    Operation operation = operation(path.getKey(), method.getKey(), method.getValue());
                    operations.put(operation.id(), operation);
                }
            }
        }
    }

    private static JsonNode read() {
        try (InputStream in = Contract.class.getResourceAsStream(FILE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ObjectMapper()
                    .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Operation operation(String path, String method, JsonNode declared) {
        List<Parameter> parameters = new ArrayList<>();
        declared.path("parameters").forEach(each -> {
            JsonNode parameter = resolved(each);
            parameters.add(new Parameter(
                    parameter.path("name").asText(),
                    parameter.path("in").asText(),
                    parameter.path("required").asBoolean(),
                    parameter.path("schema")));
        });
        JsonNode body = resolved(declared.at("/requestBody/content/application~1json/schema"));
        Set<String> required = new HashSet<>();
        body.path("required").forEach(name -> required.add(name.asText()));
        body.path("properties")
                .properties()
                .forEach(field -> parameters.add(new Parameter(
                        field.getKey(), Parameter.BODY, required.contains(field.getKey()), field.getValue())));
        JsonNode answer = resolved(declared.at("/responses/200/content/application~1json/schema"));
        JsonNode item = resolved(answer.at("/properties/items/items"));
        List<String> fields = new ArrayList<>();
        (item.isMissingNode() ? answer : item).path("properties").fieldNames().forEachRemaining(fields::add);
        return new Operation(
                declared.path("operationId").asText(),
                method,
                path,
                parameters,
                !item.isMissingNode(),
                fields,
                sent(declared.path("requestBody")),
                done(declared));
    }

    private static Operation.Sent sent(JsonNode body) {
        if (body.isMissingNode()) {
            return null;
        }
        List<String> types = new ArrayList<>();
        body.path("content").fieldNames().forEachRemaining(types::add);
        return new Operation.Sent(
                body.path("required").asBoolean(),
                types,
                body.path("description").asText());
    }

    private static Operation.Done done(JsonNode declared) {
        return declared.has("x-look")
                ? new Operation.Done(
                        declared.path("responses").has("202") ? 202 : 200,
                        declared.path("x-done").textValue(),
                        declared.path("x-look").asText())
                : null;
    }

    /** What a {@code $ref} leads to. */
    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** @throws IllegalArgumentException if a route names one that is not there */
    public Operation operation(String id) {
        Operation operation = operations.get(id);
        if (operation == null) {
            throw new IllegalArgumentException("%s has no operation %s.".formatted(FILE, id));
        }
        return operation;
    }

    public List<Operation> operations() {
        return List.copyOf(operations.values());
    }

    /** Those at an address, whatever their methods. */
    public List<Operation> at(String path) {
        return operations.values().stream()
                .filter(operation -> operation.isAt(path))
                .toList();
    }

    /** As it is served: at the address it was asked for. */
    public String json() {
        return ((ObjectNode) DOCUMENT).toPrettyString();
    }

    /**
     * What is asked for, from then on the property {@code asked}.
     *
     * @param exchange with the properties operation and request
     * @throws Refused for a parameter that is not there, is missing or says what it may not
     */
    Asked asked(Exchange exchange) {
        Asked asked = Asked.of(
                operation(exchange.getProperty("operation", String.class)),
                exchange.getProperty("request", WebRequest.class));
        exchange.setProperty("asked", asked);
        return asked;
    }
}
