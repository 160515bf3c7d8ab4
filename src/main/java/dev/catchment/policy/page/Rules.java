package dev.catchment.policy.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.errors.PermanentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jsoup.select.QueryParser;
import org.jsoup.select.Selector.SelectorParseException;

/**
 * How the text of one source is found: the object {@code rules} in its metadata.
 *
 * @param content CSS selectors of what is read, in this order; none: the whole body
 * @param drop CSS selectors of what is left out, matched before the content is chosen
 * @param ignore regular expressions, a match in a line; it stays in the text and is left out of the hash
 * @param minimumShare of the last text's length; what is shorter is taken for an error
 */
public record Rules(List<String> content, List<String> drop, List<Pattern> ignore, double minimumShare) {
    /** Of a source that has none. */
    public static final Rules NONE = new Rules(List.of(), List.of(), List.of(), 0.2);

    private static final Set<String> KEYS = Set.of("content", "drop", "ignore", "minimum_share");

    public Rules {
        content = List.copyOf(content);
        drop = List.copyOf(drop);
        ignore = List.copyOf(ignore);
    }

    /**
     * @param metadata of the source, of which the key rules is read; may be null
     * @throws PermanentFailure saying which rule cannot be used and why
     */
    public static Rules of(JsonNode metadata) {
        JsonNode rules = metadata == null ? null : metadata.get("rules");
        if (rules == null || rules.isNull()) {
            return NONE;
        }
        if (!rules.isObject()) {
            throw new PermanentFailure("rules must be an object with the keys content, drop, ignore, minimum_share.");
        }
        rules.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new PermanentFailure(
                        "rules has no key %s: there are content, drop, ignore, minimum_share.".formatted(key));
            }
        });
        return new Rules(
                each(rules, "content", Rules::selector),
                each(rules, "drop", Rules::selector),
                each(rules, "ignore", Rules::pattern),
                share(rules.get("minimum_share")));
    }

    /** What the hash is made of: the text without what is ignored, each white space one blank. */
    public String hashed(String text) {
        String left = text;
        for (Pattern pattern : ignore) {
            left = pattern.matcher(left).replaceAll("");
        }
        return left.replaceAll("\\s+", " ").strip();
    }

    private static <T> List<T> each(JsonNode rules, String key, Function<String, T> reader) {
        JsonNode values = rules.path(key);
        if (!values.isMissingNode() && !values.isArray()) {
            throw new PermanentFailure("rules.%s must be a list of strings.".formatted(key));
        }
        List<T> read = new ArrayList<>();
        for (JsonNode value : values) {
            read.add(one("rules.%s[%d]".formatted(key, read.size()), value, reader));
        }
        return read;
    }

    private static <T> T one(String place, JsonNode value, Function<String, T> reader) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new PermanentFailure("%s must be a string that says something, not %s.".formatted(place, value));
        }
        try {
            return reader.apply(value.textValue());
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure(
                    "%s cannot be read: %s (%s)".formatted(place, value.textValue(), e.getMessage()));
        }
    }

    /** @throws IllegalArgumentException saying why it is no selector of CSS */
    public static String selector(String selector) {
        try {
            QueryParser.parse(selector);
            return selector;
        } catch (SelectorParseException e) {
            throw new IllegalArgumentException(
                    e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    /** @throws IllegalArgumentException saying why it is no pattern */
    public static Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    private static double share(JsonNode value) {
        if (value == null) {
            return NONE.minimumShare;
        }
        double share = value.asDouble(-1);
        if (!value.isNumber() || share < 0 || share > 1) {
            throw new PermanentFailure("rules.minimum_share must be a number from 0 to 1, not %s.".formatted(value));
        }
        return share;
    }
}
