package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.Secrets;
import dev.catchment.flow.kind.Kind;
import dev.catchment.schema.DocumentSchema;
import dev.catchment.text.Cron;
import dev.catchment.text.IsoCountry;
import dev.catchment.text.Sha256;
import dev.catchment.text.SourceUrl;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code harvest-sources.schema.json} says of a source, and the row of {@code harvest.sources} it becomes. */
public final class SourceFields {
    private static final int LONGEST_NAME = 100;
    private static final int HASH = 6;

    private static final DocumentSchema SCHEMA = new DocumentSchema(
            "/harvest/harvest-sources.schema.json",
            Map.of(
                    "country",
                    code -> require(IsoCountry.is(code.toUpperCase(Locale.ROOT))),
                    "source-url",
                    SourceUrl::of,
                    "quartz-cron",
                    SourceFields::cron));

    private SourceFields() {}

    private static void cron(String written) {
        try {
            Cron.checked(written);
        } catch (IllegalArgumentException said) {
            throw new IllegalArgumentException(); // what is allowed says more than Quartz does
        }
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }

    /** What a secret is not: its value is shown nowhere, not even to say that it is none. */
    private static final String NO_SECRET =
            "secret must be the name of an environment variable, such as PORTAL_KEY; the secret itself is never given here.";

    /**
     * The row of a source, its URL in one spelling, with its host, and with a name if it has none.
     *
     * @param kinds that are known
     * @throws BadRecord with what is wrong and what is allowed
     */
    public static ObjectNode row(JsonNode written, Collection<Kind> kinds) throws BadRecord {
        ObjectNode fields = plain(written);
        if (fields.has("secret") && !fields.get("secret").asText().matches("[A-Z][A-Z0-9_]*")) {
            throw new BadRecord("bad-secret", NO_SECRET);
        }
        if (fields.has("secret") && Secrets.isOurs(fields.get("secret").asText())) {
            throw new BadRecord(
                    "bad-secret",
                    "secret=%s is not allowed: it is Catchment's own. Allowed: an environment variable that holds what this portal gave you, such as PORTAL_KEY."
                            .formatted(fields.get("secret").asText()));
        }
        List<DocumentSchema.Problem> problems =
                SCHEMA.problems(JsonNodeFactory.instance.arrayNode().add(fields));
        if (!problems.isEmpty()) {
            throw new BadRecord("bad-field", problems.get(0).what());
        }
        String name = fields.get("kind").textValue();
        Kind kind = kinds.stream()
                .filter(each -> each.kind().equals(name))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            String known = kinds.stream().map(Kind::kind).collect(Collectors.joining(", "));
            throw new BadRecord("unknown-kind", "kind=%s is not allowed. Allowed: one of %s.".formatted(name, known));
        }
        return row(fields, kind);
    }

    private static ObjectNode row(ObjectNode fields, Kind kind) {
        String given = fields.get("url").textValue();
        // A base to which paths are added: with a slash at its end it would be another source.
        String url = SourceUrl.of(kind.request().isAddress() ? given : given.replaceFirst("/+$", ""));
        String shared = kind.polite().host(); // that all sources of its kind are; null: that of its URL
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("name", fields.has("name") ? fields.get("name").textValue() : name(url));
        row.put("kind", fields.get("kind").textValue());
        row.put("url", url);
        row.put("host", shared == null ? URI.create(url).getHost() : shared);
        for (String field : List.of("title", "language", "options", "secret", "schedule")) {
            row.set(field, fields.get(field));
        }
        row.put(
                "country",
                fields.has("country") ? fields.get("country").textValue().toUpperCase(Locale.ROOT) : null);
        row.set("is_active", fields.get("active"));
        return row;
    }

    /** As it is checked: blanks around a value do not count, and what is blank or null is absent. */
    private static ObjectNode plain(JsonNode written) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        written.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                value = JsonNodeFactory.instance.textNode(value.textValue().strip());
            }
            if (!value.isNull() && !(value.isTextual() && value.textValue().isEmpty())) {
                fields.set(field.getKey(), value);
            }
        });
        return fields;
    }

    private static String name(String url) {
        URI address = URI.create(url);
        String path = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        return name(path.equals("/") ? address.getHost() : address.getHost() + path, "-");
    }

    /** A name made of words that are unlike all others; if not all of it can stand there, a hash keeps it so. */
    static String name(String words, String between) {
        String name = words.replaceAll("[^a-z0-9._-]+", between).replaceFirst("^[^a-z0-9]+", "");
        if (name.equals(words) && name.length() <= LONGEST_NAME) {
            return name;
        }
        String hash = "-" + Sha256.of(words).substring(0, HASH);
        String slug = words.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", between)
                .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        return slug.substring(0, Math.min(slug.length(), LONGEST_NAME - hash.length())) + hash;
    }
}
