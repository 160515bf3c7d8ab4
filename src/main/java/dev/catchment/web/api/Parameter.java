package dev.catchment.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.text.IsoCountry;
import dev.catchment.web.gate.Refused;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A parameter of an operation.
 *
 * @param in {@code path}, {@code query} or, of a form or JSON, {@code body}
 * @param schema of its value, as OpenAPI has it
 */
record Parameter(String name, String in, boolean isRequired, JsonNode schema) {
    static final String BODY = "body";

    /** What PostgreSQL takes for text is not more. */
    private static final int LONGEST = 1_000;

    private static final String COUNTRY = "iso-3166-1-alpha-2";

    /** The name of the parameter of the statement. */
    String ofStatement() {
        return name.replace('-', '_');
    }

    /**
     * The value for the statement.
     *
     * @param given null if nothing was
     * @throws Refused if it is not allowed: 404 for a part of the path, else 400
     */
    Object value(String given) {
        String text = given == null || given.isBlank() ? null : given;
        if (text == null) {
            if (isRequired) {
                throw Refused.badRequest(
                        "The %s %s is missing.%s".formatted(in.equals(BODY) ? "field" : "parameter", name, allowed()));
            }
            return schema.has("default") ? value(schema.path("default").asText()) : null;
        }
        try {
            return checked(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            // What cannot be the name of anything is there as little as what nobody has.
            throw in.equals("path")
                    ? Refused.notFound("There is no %s %s.%s".formatted(name, shortened(text), allowed()))
                    : Refused.badRequest("%s=%s is not allowed.%s".formatted(name, shortened(text), allowed()));
        }
    }

    private Object checked(String text) {
        require(text.length() <= longest() && text.indexOf('\0') < 0);
        switch (schema.path("type").asText()) {
            case "integer" -> {
                long number = Long.parseLong(text);
                require(number >= schema.path("minimum").asLong(Long.MIN_VALUE)
                        && number <= schema.path("maximum").asLong(Long.MAX_VALUE));
                return number;
            }
            case "boolean" -> {
                require(text.equals("true") || text.equals("false"));
                return Boolean.valueOf(text);
            }
            default -> {
                return checkedText(text);
            }
        }
    }

    private Object checkedText(String text) {
        if (schema.has("enum")) {
            require(values().contains(text));
        }
        if (schema.has("pattern")) {
            require(text.matches(schema.path("pattern").asText()));
        }
        switch (schema.path("format").asText()) {
            case "uuid" -> {
                require(text.length() == 36);
                return UUID.fromString(text);
            }
            case "date-time" -> OffsetDateTime.parse(text);
            case "date" -> LocalDate.parse(text);
            case COUNTRY -> require(IsoCountry.is(text.toUpperCase(Locale.ROOT)));
            default -> {}
        }
        return text;
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        schema.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }

    /** In a sentence. */
    private String allowed() {
        if (schema.has("enum")) {
            return " Allowed: %s.".formatted(String.join(", ", values()));
        }
        return switch (schema.path("type").asText() + " "
                + schema.path("format").asText()) {
            case "string uuid" -> " Allowed: a UUID.";
            case "string date-time" -> " Allowed: a moment such as 2026-01-31T00:00:00Z.";
            case "string date" -> " Allowed: a day such as 2026-01-31.";
            case "string " + COUNTRY -> " Allowed: a two-letter country code of ISO 3166-1, such as GB.";
            case "boolean " -> " Allowed: true, false.";
            default -> bounds();
        };
    }

    private String bounds() {
        if (schema.path("type").asText().equals("integer")) {
            return " Allowed: a whole number from %s to %s."
                    .formatted(
                            schema.path("minimum").asText("any"),
                            schema.path("maximum").asText("any"));
        }
        if (schema.has("description")) {
            return " Allowed: %s".formatted(schema.path("description").asText());
        }
        String form =
                schema.has("pattern") ? " that match " + schema.path("pattern").asText() : "";
        return " Allowed: at most %,d characters%s.".formatted(longest(), form);
    }

    private int longest() {
        return schema.path("maxLength").asInt(LONGEST);
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
