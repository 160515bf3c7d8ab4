package dev.catchment.flow.kind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the braces in a declaration stand for: {@code {source.url}}, {@code {source.host}}, {@code {source.name}},
 * {@code {option.NAME}} of the source, and {@code {parent}}, {@code {key}}, {@code {keys}}, {@code {since}}, {@code {bound}} of
 * a request.
 */
public final class Placeholders {
    /** The address of a source alone: what it ends with, such as a slash, is part of it. */
    static final String ADDRESS = "{source.url}";

    private static final Pattern BRACES = Pattern.compile("\\{([a-z][A-Za-z0-9._-]*)}");

    private final String address;
    private final Map<String, String> values;

    private Placeholders(String address, Map<String, String> values) {
        this.address = address;
        this.values = values;
    }

    /** Those of a source. */
    public static Placeholders of(String name, String url, String host, Map<String, String> options) {
        Map<String, String> values = new HashMap<>();
        values.put("source.url", url.replaceFirst("/+$", ""));
        values.put("source.host", host);
        values.put("source.name", name);
        options.forEach((option, value) -> values.put("option." + option, value));
        return new Placeholders(url, values);
    }

    /** The names that stand in braces. */
    static List<String> in(String template) {
        return BRACES.matcher(template).results().map(each -> each.group(1)).toList();
    }

    /** Null if there is none. */
    public String value(String name) {
        return values.get(name);
    }

    public Placeholders with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Placeholders(address, more);
    }

    /** A URL: what a request puts in is encoded, what the source says is taken as it is. */
    public String url(String template) {
        return template.equals(ADDRESS)
                ? address
                : fill(template, (name, value) -> name.startsWith("source.") ? value : encoded(value));
    }

    /** The values of parameters or headers. */
    public Map<String, String> values(Map<String, String> templates) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((name, template) -> filled.put(name, fill(template, (placeholder, value) -> value)));
        return filled;
    }

    /** A URL with parameters added to its query. */
    public static String withQuery(String url, Map<String, String> query) {
        if (query.isEmpty()) {
            return url;
        }
        return url
                + (url.contains("?") ? "&" : "?")
                + query.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** What a query may hold as it is stays so, for people who read the ledger. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%2F", "/");
    }

    private interface Written {
        String of(String name, String value);
    }

    private String fill(String template, Written written) {
        Matcher matcher = BRACES.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "Nothing is known for {%s}. Options of a source are given with --option %s=VALUE."
                                .formatted(matcher.group(1), matcher.group(1).replace("option.", "")));
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(written.of(matcher.group(1), value)));
        }
        return matcher.appendTail(filled).toString();
    }
}
