package dev.catchment.flow.standin;

import dev.catchment.flow.kind.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which records of a list a request asks for, as the paging of a kind has it.
 *
 * @param from the first of them, from 0
 * @param size so many at the most
 */
record ListedPage(Kind.Page page, int from, int size) {
    /** Where a kind that pages by links says no name for it. */
    private static final String LINKED = "after";

    private static final int MOST = 1_000_000_000;

    /** @param cap so many records are given at the most @param keys of the list, in its order */
    static ListedPage of(Kind kind, Request request, int cap, List<String> keys) {
        Kind.Page page = kind.page();
        int size = size(page, request, cap);
        Parameters parameters = Parameters.parse(request.query());
        String value = parameters.first(parameter(page)).orElse("");
        if (page.by().equals("scroll")) {
            long before = keys.stream().filter(key -> key.compareTo(value) <= 0).count();
            return new ListedPage(page, value.isEmpty() ? 0 : (int) before, size);
        }
        int first = page.first().isEmpty() || page.by().equals("cursor") ? 0 : Integer.parseInt(page.first());
        boolean isFirst = value.isEmpty() || page.by().equals("cursor") && value.equals(page.first());
        int number = isFirst ? 0 : number(page, parameters) - first;
        return new ListedPage(page, page.by().equals("number") ? Math.multiplyExact(number, size) : number, size);
    }

    /** The first one, whatever is asked for. */
    static ListedPage first(Kind kind, Request request, int cap) {
        return new ListedPage(kind.page(), 0, size(kind.page(), request, cap));
    }

    private static int size(Kind.Page page, Request request, int cap) {
        String name = page.params().get("size");
        if (page.by().equals("single")) {
            return MOST;
        }
        return Math.min(
                cap,
                name == null ? page.size() : Parameters.parse(request.query()).number(name, page.size(), MOST));
    }

    private static String parameter(Kind.Page page) {
        return page.from() == null ? LINKED : page.from();
    }

    private static int number(Kind.Page page, Parameters parameters) {
        if (!page.by().equals("cursor") && !page.by().equals("link")) {
            return parameters.number(parameter(page), 0, MOST);
        }
        // A cursor is nobody's business but the server's.
        String cursor = parameters.first(parameter(page)).orElse("");
        if (!cursor.matches("~\\d{1,9}")) {
            throw new RefusedRequest(400, "There is no cursor " + cursor);
        }
        return Integer.parseInt(cursor.substring(1));
    }

    /** What an answer says of the page after it: an offset, a number, a cursor or a URL; null, or the offset 0, if there is none. */
    Object next(Request request, int records) {
        boolean isLast = from + size >= records;
        return switch (page.by()) {
            case "offset" -> isLast ? 0 : Integer.parseInt(page.first()) + from + size;
            case "number" -> isLast ? null : Integer.parseInt(page.first()) + from / size + 1;
            case "link" -> isLast ? null : link(request);
            default -> isLast ? null : "~" + (from + size);
        };
    }

    private String link(Request request) {
        Map<String, List<String>> query =
                new LinkedHashMap<>(Parameters.parse(request.query()).values());
        query.put(parameter(page), List.of("~" + (from + size)));
        return "http://%s%s?%s"
                .formatted(
                        request.headers().get("Host"),
                        request.path(),
                        query.entrySet().stream()
                                .flatMap(each -> each.getValue().stream()
                                        .map(value ->
                                                each.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                                .collect(Collectors.joining("&")));
    }
}
