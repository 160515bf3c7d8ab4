package dev.catchment.flow.standin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders, read backwards: what they stood for. */
final class Template {
    private static final Pattern BRACES = Pattern.compile("\\{([a-z][A-Za-z0-9._-]*)}");

    private final Pattern pattern;
    private final List<String> names = new ArrayList<>();

    Template(String text) {
        StringBuilder expression = new StringBuilder();
        Matcher braces = BRACES.matcher(text);
        int from = 0;
        while (braces.find()) {
            expression.append(Pattern.quote(text.substring(from, braces.start())));
            expression.append(
                    switch (braces.group(1)) {
                        case "source.url" -> "(.*)"; // which may lie below any path
                        case "key" -> "(.+)"; // which may be a DOI
                        default -> "([^/]+?)"; // which is no path
                    });
            names.add(braces.group(1));
            from = braces.end();
        }
        pattern = Pattern.compile(
                expression.append(Pattern.quote(text.substring(from))).toString(), Pattern.DOTALL);
    }

    /** @return the values of the placeholders; empty if the text is another */
    Optional<Map<String, String>> values(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }
}
