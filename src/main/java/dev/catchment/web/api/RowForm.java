package dev.catchment.web.api;

import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** In what form rows are wanted: by {@code Accept}, which a suffix of the path stands for. */
enum RowForm {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8"),
    NDJSON("application/x-ndjson");

    /** What may be meant by what stands in {@code Accept}, the likeliest first; a browser gets JSON. */
    private static final Map<String, List<RowForm>> FORMS = Map.of(
            "application/json", List.of(JSON),
            "application/*", List.of(JSON, NDJSON),
            "application/problem+json", List.of(JSON),
            "text/html", List.of(JSON),
            "*/*", List.of(JSON, CSV, NDJSON),
            "text/csv", List.of(CSV),
            "text/*", List.of(CSV),
            "application/x-ndjson", List.of(NDJSON),
            "application/ndjson", List.of(NDJSON),
            "application/jsonl", List.of(NDJSON));

    private final String type;

    RowForm(String type) {
        this.type = type;
    }

    /**
     * The one that is wanted most, the first of those that are wanted alike.
     *
     * @throws Refused if it is wanted in none of these, or one thing as a list
     */
    static RowForm of(WebRequest request, boolean isList) {
        String accept = request.header("Accept");
        if (accept == null || accept.isBlank()) {
            return JSON;
        }
        List<Range> ranges = Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
                .map(Range::of)
                .toList();
        Set<RowForm> unwanted = ranges.stream()
                .filter(range -> range.quality() == 0 && !range.type().endsWith("*"))
                .flatMap(range -> range.forms().stream().limit(1))
                .collect(Collectors.toSet());
        RowForm best = null;
        double most = 0;
        for (Range range : ranges) {
            RowForm form = range.forms().stream()
                    .filter(each -> !unwanted.contains(each) && (isList || each == JSON))
                    .findFirst()
                    .orElse(null);
            if (form != null && range.quality() > most) {
                best = form;
                most = range.quality();
            }
        }
        if (best != null) {
            return best;
        }
        throw new Refused(
                406,
                "Not acceptable",
                isList
                        ? "Accept: %s is none of application/json, text/csv and application/x-ndjson.".formatted(accept)
                        : "This is one thing, which comes as JSON; lists come as CSV and NDJSON too.");
    }

    /** One media type of {@code Accept}. @param quality how much it is wanted, 0 to 1 */
    private record Range(String type, double quality) {
        static Range of(String text) {
            String[] parts = text.split(";");
            double quality = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
                    quality = Double.parseDouble(parameter.substring(2));
                }
            }
            return new Range(parts[0].strip(), quality);
        }

        List<RowForm> forms() {
            return FORMS.getOrDefault(type, List.of());
        }
    }

    /** Whether rows are sent as they come, however many there are. */
    boolean isStreamed() {
        return this != JSON;
    }

    String contentType() {
        return type;
    }
}
