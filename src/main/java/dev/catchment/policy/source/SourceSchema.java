package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.policy.page.Rules;
import dev.catchment.schema.DocumentSchema;
import dev.catchment.schema.YamlDocument;
import dev.catchment.text.Cron;
import dev.catchment.text.IsoCountry;
import dev.catchment.text.SourceUrl;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code policy-sources.schema.json} says of a source, and the row of {@code policy.sources} it becomes. */
final class SourceSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DocumentSchema SCHEMA = new DocumentSchema(
            "/policy/policy-sources.schema.json",
            Map.of(
                    "country",
                    code -> require(IsoCountry.is(code.toUpperCase(Locale.ROOT))),
                    "source-url",
                    SourceUrl::of,
                    "css-selector",
                    Rules::selector,
                    "line-pattern",
                    Rules::pattern,
                    "quartz-cron",
                    SourceSchema::cron,
                    "time-zone",
                    zone -> require(ZoneId.getAvailableZoneIds().contains(zone))));

    private SourceSchema() {}

    static List<DocumentSchema.Problem> problems(List<ObjectNode> sources) {
        return SCHEMA.problems(JSON.arrayNode().addAll(sources));
    }

    private static void cron(String written) {
        try {
            Cron.checked(written);
        } catch (IllegalArgumentException said) {
            throw new IllegalArgumentException(); // what is allowed says more than Quartz does
        }
    }

    static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }

    /** As it is checked: blanks around a value do not count, what is blank or null is absent, quotes say nothing. */
    static ObjectNode plain(JsonNode written) {
        ObjectNode source = fields(written);
        source.putIfAbsent("metadata", JSON.objectNode());
        ObjectNode metadata = within(source, "metadata");
        ObjectNode rules = metadata == null ? null : within(metadata, "rules");
        if (rules != null) {
            rules.properties().forEach(rule -> {
                if (rule.getValue() instanceof ArrayNode list) {
                    rule.setValue(texts(list));
                }
            });
        }
        return source;
    }

    private static ObjectNode within(ObjectNode fields, String name) {
        if (fields.get(name) instanceof ObjectNode map) {
            fields.set(name, fields(map));
        }
        return fields.get(name) instanceof ObjectNode map ? map : null;
    }

    private static ObjectNode fields(JsonNode written) {
        ObjectNode fields = JSON.objectNode();
        written.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                value = YamlDocument.scalar(value.textValue().strip());
            }
            if (!value.isNull() && !(value.isTextual() && value.textValue().isEmpty())) {
                fields.set(field.getKey(), value);
            }
        });
        return fields;
    }

    private static ArrayNode texts(ArrayNode list) {
        ArrayNode texts = JSON.arrayNode();
        list.forEach(item -> texts.add(item.isNumber() || item.isBoolean() ? JSON.textNode(item.asText()) : item));
        return texts;
    }

    /** @param source that has no problem */
    static ObjectNode row(int entry, ObjectNode source) {
        ObjectNode row = JSON.objectNode().put("entry", entry);
        row.put("name", source.get("name").asText());
        row.put("country", source.get("country").textValue().toUpperCase(Locale.ROOT));
        row.put("visa_type", source.get("visa_type").asText());
        row.put("url", SourceUrl.of(source.get("url").textValue()));
        row.put("fetch_type", source.get("fetch_type").textValue());
        row.put("check_frequency", source.path("check_frequency").asText("daily"));
        row.put("is_active", source.path("is_active").asBoolean(true));
        ObjectNode metadata = row.putObject("metadata");
        for (String field : List.of("cron", "zone", "origin", "rules")) {
            JsonNode value = source.path("metadata").path(field);
            if (field.equals("origin") && value.isTextual()) {
                metadata.put(field, value.textValue().toUpperCase(Locale.ROOT));
            } else if (!value.isMissingNode() && !(value.isObject() && value.isEmpty())) {
                metadata.set(field, value);
            }
        }
        return row;
    }
}
