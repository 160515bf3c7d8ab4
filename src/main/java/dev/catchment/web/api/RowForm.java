package dev.catchment.web.api;

import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.util.Locale;
import java.util.Map;

/** In what form rows are wanted: by {@code Accept}, which a suffix of the path stands for. */
enum RowForm {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    NDJSON("application/x-ndjson");

    /** What is wanted, by what stands in {@code Accept}; a browser gets JSON. */
    private static final Map<String, RowForm> FORMS = Map.of(
            "application/json", JSON,
            "application/*", JSON,
            "application/problem+json", JSON,
            "text/html", JSON,
            "*/*", JSON,
            "text/csv", CSV,
            "text/*", CSV,
            "application/x-ndjson", NDJSON,
            "application/ndjson", NDJSON,
            "application/jsonl", NDJSON);

    private final String type;

    RowForm(String type) {
        this.type = type;
    }

    /** @throws Refused if it is wanted in none of these, or one thing as a list */
    static RowForm of(WebRequest request, boolean isList) {
        String accept = request.header("Accept");
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        for (String each : accept.toLowerCase(Locale.ROOT).split(",")) {
            RowForm form = FORMS.get(each.split(";")[0].strip());
            if (form != null) {
                return checked(form, isList);
            }
        }
        throw new Refused(
                406,
                "Not acceptable",
                "Accept: %s is none of application/json, text/csv and application/x-ndjson.".formatted(accept));
    }

    private static RowForm checked(RowForm form, boolean isList) {
        if (form != JSON && !isList) {
            throw new Refused(
                    406, "Not acceptable", "This is one thing, which comes as JSON; lists come as CSV and NDJSON too.");
        }
        return form;
    }

    /** Whether rows are sent as they come, however many there are. */
    boolean isStreamed() {
        return this != JSON;
    }

    String contentType() {
        return type;
    }
}
