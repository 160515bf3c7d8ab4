package dev.catchment.flow.standin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a request asks for, by a declaration: the values of its placeholders. */
final class Asked {
    private Asked() {}

    /** Whether it is for this URL. @return the values of its placeholders; empty if it is not */
    static Optional<Map<String, String>> url(String template, Request request) {
        int query = template.indexOf('?');
        Optional<Map<String, String>> path =
                new Template(query < 0 ? template : template.substring(0, query)).values(request.path());
        if (path.isEmpty() || query < 0) {
            return path;
        }
        Map<String, String> parameters = new HashMap<>();
        for (String pair : template.substring(query + 1).split("&")) {
            parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return query(parameters, request).map(values -> {
            Map<String, String> all = new HashMap<>(path.get());
            all.putAll(values);
            return all;
        });
    }

    /** Whether it has these parameters. @return the values of their placeholders; empty if it has not */
    static Optional<Map<String, String>> query(Map<String, String> templates, Request request) {
        Map<String, String> all = new HashMap<>();
        for (Map.Entry<String, String> each : templates.entrySet()) {
            Optional<Map<String, String>> values = request.parameter(each.getKey()).stream()
                    .findFirst()
                    .flatMap(new Template(each.getValue())::values);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            all.putAll(values.get());
        }
        return Optional.of(all);
    }
}
