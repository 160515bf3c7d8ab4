package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.kind.Kind;
import dev.catchment.text.IsoCountry;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A portal as a registry of data portals lists it (commondataio/dataportals-registry, one JSON object a line): its software,
 * its endpoints with their types, its link, and whether it is alive.
 */
record Portal(ObjectNode listed) {
    private static final String LIVE = "active";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Why a portal is no source: how the reason is counted, and of what. */
    static final class Skipped extends Exception {
        Skipped(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Whether it is a portal of the registry and not a source in our own words. */
    static boolean is(ObjectNode listed) {
        return listed.has("software") && listed.has("link") && listed.has("id");
    }

    /** The source it is, as a file of sources would say it. @param kinds all that are known */
    ObjectNode source(Collection<Kind> kinds) throws Skipped {
        if (!is("status", LIVE)) {
            throw new Skipped("not active any more");
        }
        if (is("api_status", "inactive")) {
            throw new Skipped("its API is not active any more");
        }
        Kind kind = kind(kinds);
        ObjectNode source = JSON.objectNode();
        source.put("name", SourceFields.name(text(listed, "id"), "-"));
        source.put("kind", kind.kind());
        source.put("url", url(kind));
        source.put("title", text(listed, "name"));
        source.put("country", country());
        source.put("language", language());
        return source;
    }

    private boolean is(String field, String word) {
        return word.equals(text(listed, field));
    }

    /** That of its software, of several the one that has an endpoint here; else the one of an endpoint. */
    private Kind kind(Collection<Kind> kinds) throws Skipped {
        String software = text(listed.path("software"), "id");
        List<Kind> matched = kinds.stream().filter(kind -> kind.match() != null).toList();
        List<Kind> ofSoftware = matched.stream()
                .filter(kind -> list(kind.match().software()).contains(software))
                .toList();
        // What another room walks is none of our sources.
        List<Kind> known = matched.stream().filter(kind -> kind.room() == null).toList();
        List<Kind> bySoftware = ofSoftware.stream().filter(known::contains).toList();
        return Stream.concat(
                        bySoftware.stream().filter(this::hasEndpoint),
                        Stream.concat(bySoftware.stream(), known.stream().filter(this::hasEndpoint)))
                .findFirst()
                .orElseThrow(() -> new Skipped(
                        ofSoftware.isEmpty()
                                ? "no known kind (" + Objects.requireNonNullElse(software, "unknown") + ")"
                                : "kept by another room"));
    }

    private boolean hasEndpoint(Kind kind) {
        return list(kind.match().endpoint()).stream().anyMatch(endpoints()::containsKey);
    }

    /**
     * What {source.url} is for the kind: what stands before its path in an endpoint; the endpoint itself if the kind asks for
     * nothing but the source; else the link.
     */
    private String url(Kind kind) throws Skipped {
        Map<String, String> endpoints = endpoints();
        List<String> ofKind = list(kind.match().endpoint()).stream()
                .map(endpoints::get)
                .filter(Objects::nonNull)
                .toList();
        String link = base(text(listed, "link"));
        String path = path(kind);
        if (path.isEmpty()) {
            return ofKind.isEmpty()
                    ? probed(kind, link)
                    : without(ofKind.get(0), kind.request().query().keySet());
        }
        return Stream.concat(ofKind.stream(), endpoints.values().stream())
                .map(Portal::base)
                .map(endpoint -> before(path, endpoint))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(link);
    }

    /** What a kind adds to the URL of a source; empty if that is what it asks for. */
    static String path(Kind kind) {
        return kind.request().url().replaceFirst("^\\{source\\.url}", "").replaceFirst("[?{].*$", "");
    }

    /** Where the document lies by custom. */
    private static String probed(Kind kind, String link) throws Skipped {
        String probe = kind.match().probe();
        if (probe == null || !probe.startsWith("/")) {
            throw new Skipped("no address of the kind %s is listed".formatted(kind.kind()));
        }
        return link + probe;
    }

    /** Without the parameters that the kind gives itself, in small letters or not. */
    static String without(String url, Collection<String> given) {
        int mark = url.indexOf('?');
        if (mark < 0 || given.isEmpty()) {
            return url;
        }
        String query = Stream.of(
                        url.substring(mark + 1).replaceFirst("#.*$", "").split("&"))
                .filter(each -> !each.isEmpty()
                        && given.stream().noneMatch(name -> name.equalsIgnoreCase(each.replaceFirst("=.*$", ""))))
                .collect(Collectors.joining("&"));
        return url.substring(0, mark) + (query.isEmpty() ? "" : "?" + query);
    }

    /** What stands before a path, or before at least its first two names, in a URL; null if it is not in it. */
    static String before(String path, String url) {
        List<String> names = new ArrayList<>(List.of(path.replaceFirst("^/", "").split("/")));
        int most = names.size();
        int least = Math.min(2, most);
        for (int many = most; many >= least; many--) {
            String part = "/" + String.join("/", names.subList(0, many));
            int at = (url + "/").indexOf(part + "/");
            if (at > 0) {
                return url.substring(0, at);
            }
        }
        return null;
    }

    /** Without query, fragment and slashes at its end. */
    static String base(String url) {
        return url.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    }

    private Map<String, String> endpoints() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        for (JsonNode endpoint : listed.path("endpoints")) {
            String type = text(endpoint, "type");
            String url = text(endpoint, "url");
            if (type != null && url != null && isWeb(url)) {
                endpoints.putIfAbsent(type, url);
            }
        }
        return endpoints;
    }

    private static boolean isWeb(String url) {
        try {
            return URI.create(url).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String country() {
        Stream<JsonNode> places = Stream.concat(
                Stream.of(listed.path("owner").path("location")),
                StreamSupport.stream(listed.path("coverage").spliterator(), false)
                        .map(each -> each.path("location")));
        return places.map(place -> place.path("country").path("id").asText())
                .filter(IsoCountry::is)
                .findFirst()
                .orElse(null);
    }

    /** The only one it has: which of several its records are in, nobody says. */
    private String language() {
        JsonNode languages = listed.path("langs");
        String code = languages.size() == 1 ? languages.get(0).path("id").asText() : "";
        return code.matches("[A-Za-z]{2,3}") ? code.toLowerCase(Locale.ROOT) : null;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.get(field).textValue().strip() : null;
    }

    private static List<String> list(List<String> said) {
        return said == null ? List.of() : said;
    }
}
