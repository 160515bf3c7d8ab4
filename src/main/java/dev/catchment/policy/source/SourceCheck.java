package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.text.IsoCountry;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads an entry as a row of {@code policy.sources}, and finds all that is wrong with it. */
final class SourceCheck {
    static final String COUNTRY = "a country code of ISO 3166-1, such as GB or US";

    private static final String VISA_TYPE = "one line of at most 50 characters";
    private static final String URL =
            "http:// or https:// with a host, without user and password, at most 2,000 characters";
    private static final String FREQUENCY = "one of daily, weekly, custom";
    private static final List<String> FIELDS =
            List.of("name", "country", "visa_type", "url", "fetch_type", "check_frequency", "is_active", "metadata");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_VISA_TYPE = 50;

    private SourceCheck() {}

    /** @return the row, of which a field that is wrong is null; the problems are added to those found before */
    static ObjectNode row(SourceEntry entry, List<SourceProblem> problems) {
        SourceFields fields = new SourceFields(entry, "", entry.fields(), problems);
        fields.refuseUnknown(FIELDS);
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.put("entry", entry.number());
        row.put("name", fields.required("name", upTo(LONGEST_NAME), "one line of at most 255 characters"));
        row.put("country", fields.required("country", SourceCheck::country, COUNTRY));
        row.put("visa_type", fields.required("visa_type", upTo(LONGEST_VISA_TYPE), VISA_TYPE));
        row.put("url", fields.required("url", SourceUrl::of, URL));
        row.put("fetch_type", fields.required("fetch_type", oneOf("html", "pdf"), "one of html, pdf"));
        String frequency = fields.optional("check_frequency", oneOf("daily", "weekly", "custom"), FREQUENCY);
        row.put("check_frequency", Objects.requireNonNullElse(frequency, "daily"));
        String isActive = fields.optional("is_active", oneOf("true", "false"), "true or false");
        row.put("is_active", !"false".equals(isActive));
        row.set("metadata", MetadataCheck.metadata(fields.in("metadata"), "custom".equals(frequency)));
        return row;
    }

    static String country(String written) {
        String code = written.toUpperCase(Locale.ROOT);
        require(IsoCountry.is(code));
        return code;
    }

    private static UnaryOperator<String> upTo(int longest) {
        return text -> {
            require(text.codePointCount(0, text.length()) <= longest);
            return text;
        };
    }

    private static UnaryOperator<String> oneOf(String... allowed) {
        return text -> {
            require(Set.of(allowed).contains(text));
            return text;
        };
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }
}
