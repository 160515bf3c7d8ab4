package dev.catchment.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of the form or of the JSON object that was sent with a request, as text. What the contract does not know of is
 * refused: a field that is spelled wrong would be taken for one that is missing.
 */
final class SentFields {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** What forms of the console carry, which the gate has looked at. */
    private static final String CSRF = "csrf";

    private static final String OBJECT = "application/json";

    private SentFields() {}

    /** @throws Refused if something else was sent than the operation takes */
    static Map<String, String> of(Operation operation, WebRequest request) {
        Map<String, Parameter> known = operation.parameters().stream()
                .filter(parameter -> parameter.in().equals(Parameter.BODY))
                .collect(Collectors.toMap(Parameter::name, parameter -> parameter, (a, b) -> a, LinkedHashMap::new));
        boolean hasForm = request.form().keySet().stream().anyMatch(name -> !name.equals(CSRF));
        boolean hasBody = request.body() != null && !request.body().isBlank();
        if (operation.sent() == null) {
            if (hasBody || hasForm) {
                throw Refused.badRequest("%s %s takes no body; it would have no effect. Send none."
                        .formatted(operation.method().toUpperCase(Locale.ROOT), operation.path()));
            }
            return Map.of();
        }
        requireType(operation.sent(), request, hasBody || hasForm);
        if (!hasBody) {
            if (!hasForm && operation.sent().isRequired()) {
                throw Refused.badRequest("The body is missing. " + wanted(operation.sent()));
            }
            request.form().keySet().stream().filter(name -> !name.equals(CSRF)).forEach(name -> require(known, name));
            return request.form();
        }
        return operation.sent().types().contains(OBJECT) ? fields(object(request.body()), known) : Map.of();
    }

    private static void requireType(Operation.Sent sent, WebRequest request, boolean isThere) {
        // Who sends nothing is told what to send, whatever he says it is.
        if (isThere && request.type() != null && !sent.types().contains(request.type())) {
            throw new Refused(
                    415,
                    "Unsupported media type",
                    "Content-Type: %s is not read. %s".formatted(request.type(), wanted(sent)));
        }
    }

    private static String wanted(Operation.Sent sent) {
        return "Send %s.%s"
                .formatted(
                        String.join(", ", sent.types()), sent.description().isEmpty() ? "" : " " + sent.description());
    }

    private static JsonNode object(String body) {
        try {
            JsonNode sent = JSON.readTree(body);
            if (sent.isObject()) {
                return sent;
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        throw Refused.badRequest("The body cannot be read. Send a JSON object, or a form.");
    }

    private static Map<String, String> fields(JsonNode sent, Map<String, Parameter> known) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            Parameter parameter = require(known, field.getKey());
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                String type = parameter.schema().path("type").asText();
                if (!isOf(type, value)) {
                    throw Refused.badRequest("%s is not allowed to be %s: it is of the type %s."
                            .formatted(field.getKey(), Parameter.shortened(value.toString()), type));
                }
                fields.put(field.getKey(), value.isContainerNode() ? value.toString() : value.asText());
            }
        }
        return fields;
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> value.isTextual();
        };
    }

    private static Parameter require(Map<String, Parameter> known, String name) {
        Parameter parameter = known.get(name);
        if (parameter == null) {
            List<String> names = List.copyOf(known.keySet());
            throw Refused.badRequest("There is no field %s. Fields: %s.".formatted(name, String.join(", ", names)));
        }
        return parameter;
    }
}
