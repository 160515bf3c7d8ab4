package dev.catchment.web.api;

import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one request asks of an operation.
 *
 * @param parameters of the statement: those of the operation, and of a list {@code after} (what the row before the first has as
 *     {@code page_key}; null: from the beginning) and {@code most} (how many rows; null: all)
 * @param limit how many rows a page has; 0 if all were asked for
 * @param fields that are wanted, in their order
 */
record Asked(
        Operation operation,
        WebRequest request,
        RowForm form,
        Map<String, Object> parameters,
        int limit,
        List<String> fields) {
    static final String AFTER = "after";
    static final String LIMIT = "limit";
    private static final String FIELDS = "fields";

    static Asked of(Operation operation, WebRequest request) {
        refuseUnknown(operation, request);
        Map<String, String> sent = SentFields.of(operation, request);
        RowForm form = operation.isFeed() ? RowForm.JSON : RowForm.of(request, operation.isList());
        Map<String, Object> parameters = new HashMap<>();
        for (Parameter parameter : operation.parameters()) {
            String given = switch (parameter.in()) {
                case "path" -> request.inPath(parameter.name());
                case Parameter.BODY -> sent.get(parameter.name());
                default -> request.value(parameter.name());
            };
            parameters.put(parameter.ofStatement(), parameter.value(given));
        }
        int limit = 0;
        if (operation.isList()) {
            Long given = (Long) parameters.remove(LIMIT);
            // A file of all rows is what CSV and NDJSON are for.
            boolean isWhole = form.isStreamed() && request.value(LIMIT) == null;
            limit = isWhole || given == null ? 0 : given.intValue();
            // Of a feed it is the number of a row, for all to see.
            if (!(parameters.get(AFTER) instanceof Long)) {
                parameters.put(AFTER, Cursor.read(operation.id(), (String) parameters.get(AFTER)));
            }
            // One more tells whether there is a next page, which a file does not say.
            parameters.put("most", limit == 0 ? null : form.isStreamed() ? (long) limit : limit + 1L);
        } else if (request.isRead()) {
            parameters.put("most", 1L);
        }
        return new Asked(operation, request, form, parameters, limit, fields(operation, request));
    }

    private static void refuseUnknown(Operation operation, WebRequest request) {
        Set<String> known = operation.parameters().stream()
                .filter(parameter -> parameter.in().equals("query"))
                .map(Parameter::name)
                .collect(Collectors.toSet());
        for (String given : request.query().keySet()) {
            if (!known.contains(given)) {
                throw Refused.badRequest("There is no parameter %s. Parameters: %s."
                        .formatted(given, known.stream().sorted().collect(Collectors.joining(", "))));
            }
        }
    }

    private static List<String> fields(Operation operation, WebRequest request) {
        String given = request.value(FIELDS);
        if (given == null || given.isBlank()) {
            return operation.fields();
        }
        List<String> wanted = Arrays.asList(given.split(","));
        for (String field : wanted) {
            if (!operation.fields().contains(field)) {
                throw Refused.badRequest(
                        "There is no field %s. Fields: %s.".formatted(field, String.join(", ", operation.fields())));
            }
        }
        return wanted.stream().distinct().toList();
    }
}
