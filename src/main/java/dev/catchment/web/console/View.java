package dev.catchment.web.console;

import dev.catchment.web.gate.Caller;
import dev.catchment.web.gate.Tokens;
import dev.catchment.web.gate.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a template shows: who asks, what was asked for, and what the route found, by the names of its variables. */
public final class View {
    private static final Pattern WEB_ADDRESS = Pattern.compile("(?is)(https?|ftp)://.+");

    private final WebRequest request;
    private final Caller caller;
    private final Map<String, Object> found;

    View(WebRequest request, Caller caller, Map<String, Object> found) {
        this.request = request;
        this.caller = caller;
        this.found = found;
    }

    public Caller caller() {
        return caller;
    }

    public boolean isAdmin() {
        return caller.isAdmin();
    }

    /** What the forms of this login carry; null without one. */
    public String csrf() {
        return caller.session() == null ? null : Tokens.ofForms(caller.session());
    }

    public String path() {
        return request.path();
    }

    /** A parameter of the query; empty if it was not given. */
    public String asked(String name) {
        List<String> values = request.query().get(name);
        return values == null ? "" : values.get(0).strip();
    }

    public boolean isAsked(String name) {
        return !asked(name).isEmpty();
    }

    /** The address of this page with one parameter of its query otherwise. @param value empty: without it */
    public String with(String name, String value) {
        Map<String, String> query = new LinkedHashMap<>();
        request.query().forEach((key, values) -> query.put(key, values.get(0)));
        query.remove("page");
        query.put(name, value);
        String written = query.entrySet().stream()
                .filter(each -> !each.getValue().isBlank())
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        return path() + (written.isEmpty() ? "" : "?" + written);
    }

    /** A text as a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * An address of a stranger, if a browser may follow it, blanks and all; null otherwise: javascript: and its like are text.
     */
    public static String link(String address) {
        return address != null && WEB_ADDRESS.matcher(address.strip()).matches() ? address.strip() : null;
    }

    public int page() {
        return Pages.number(asked("page"), 1);
    }

    @SuppressWarnings("unchecked")
    public List<Row> rows(String name) {
        return found.get(name) instanceof List<?> rows
                ? rows.stream().map(row -> new Row((Map<String, Object>) row)).toList()
                : List.of();
    }

    /** @return null if there is none */
    @SuppressWarnings("unchecked")
    public Row row(String name) {
        return found.get(name) instanceof Map<?, ?> row ? new Row((Map<String, Object>) row) : null;
    }

    /** Something that a bean made. @return null if there is none */
    public <T> T thing(String name, Class<T> type) {
        return type.cast(found.get(name));
    }

    /** Rows that belong together, by what they have in one column. */
    public Map<String, List<Row>> grouped(String name, String column) {
        return rows(name).stream()
                .collect(Collectors.groupingBy(row -> row.text(column), LinkedHashMap::new, Collectors.toList()));
    }

    /** A table of two columns of keys: a row for each of the one, a cell for each of the other. */
    public Map<String, Map<String, Long>> crossed(String name, String down, String across, String value) {
        Map<String, Map<String, Long>> table = new TreeMap<>();
        rows(name)
                .forEach(row -> table.computeIfAbsent(row.text(down), key -> new LinkedHashMap<>())
                        .put(row.text(across), row.number(value)));
        return table;
    }

    /** How much of the most that any row has, in percent. */
    public static long share(Row row, String column, List<Row> all) {
        long most = all.stream().mapToLong(each -> each.number(column)).max().orElse(0);
        return most == 0 ? 0 : Math.max(row.number(column) > 0 ? 1 : 0, row.number(column) * 100 / most);
    }
}
