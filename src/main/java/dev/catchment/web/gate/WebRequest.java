package dev.catchment.web.gate;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * What a browser or a program asked for, as it came. Camel puts headers, the query and the parameters of the path into one
 * map, in which a stranger's {@code ?Host=localhost} looks like a header: so a route begins by taking the request apart.
 *
 * @param http headers and address
 * @param merged what Camel made of headers, query and path
 * @param query the parameters of the query, decoded; one may come several times
 * @param form the fields of a posted form; empty for other bodies
 * @param body of anything but a form; null if there is none
 */
public record WebRequest(
        HttpServerRequest http,
        Map<String, Object> merged,
        Map<String, List<String>> query,
        Map<String, String> form,
        String body) {
    /**
     * Of the exchange that a route of {@code platform-http} or {@code rest} began with.
     *
     * @throws Refused if the query cannot be read
     */
    public static WebRequest of(Exchange exchange) {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        HttpServerRequest http = message.getRequest();
        Map<String, String> form = new LinkedHashMap<>();
        if (isForm(http)) {
            http.formAttributes().forEach(field -> form.putIfAbsent(field.getKey(), field.getValue()));
        }
        String body = isForm(http) ? null : message.getBody(String.class);
        return new WebRequest(http, Map.copyOf(withoutNulls(message.getHeaders())), parsed(http.query()), form, body);
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> headers) {
        Map<String, Object> given = new LinkedHashMap<>(headers);
        given.values().removeIf(value -> value == null);
        return given;
    }

    private static boolean isForm(HttpServerRequest http) {
        String type = http.getHeader("Content-Type");
        return type != null
                && (type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data"));
    }

    /** Camel's own way to parse a query leaves what is percent-encoded as it is. */
    private static Map<String, List<String>> parsed(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query == null) {
            return parameters;
        }
        try {
            for (String each : query.split("&")) {
                String[] parameter = each.split("=", 2);
                if (!each.isEmpty()) {
                    parameters
                            .computeIfAbsent(decoded(parameter[0]), name -> new ArrayList<>())
                            .add(parameter.length == 1 ? "" : decoded(parameter[1]));
                }
            }
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("The query cannot be read. Write it as name=value&name=value, percent-encoded.");
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String method() {
        return http.method().name();
    }

    public String path() {
        return http.path();
    }

    /** The path with its query. */
    public String uri() {
        return http.uri();
    }

    /** Whether it came encrypted, to here or to the proxy before. */
    public boolean isTls() {
        return "https".equals(http.scheme()) || "https".equalsIgnoreCase(header("X-Forwarded-Proto"));
    }

    /** What stands in the place of {@code {name}} in the path. */
    public String inPath(String name) {
        Object value = merged.get(name);
        // A header or a parameter of the query of that name comes first, the path last.
        return value instanceof List<?> several
                ? String.valueOf(several.get(several.size() - 1))
                : String.valueOf(value);
    }

    /** The first value of a parameter of the query, or of a field of the form; null if there is none. */
    public String value(String name) {
        List<String> values = query.get(name);
        return values == null ? form.get(name) : values.get(0);
    }

    /** The fields of the form that are filled in. */
    public Map<String, Object> filledIn() {
        Map<String, Object> fields = new LinkedHashMap<>();
        form.forEach((name, value) -> {
            if (!value.isBlank()) {
                fields.put(name, value.strip());
            }
        });
        return fields;
    }

    /** The media type of what was sent, without its parameters, in lower case; null if that was not said. */
    public String type() {
        String type = header("Content-Type");
        return type == null || type.isBlank()
                ? null
                : type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    /** @return null if there is none */
    public String header(String name) {
        return http.getHeader(name);
    }

    public Set<String> headerNames() {
        return http.headers().names();
    }

    /** Which host, and port unless it is the usual one, the address had; null if that cannot be told. */
    public String host() {
        // HTTP/2 has no header Host.
        boolean isOne = http.headers().getAll("Host").size() <= 1;
        // GET http://host/ HTTP/1.1 names another than the header may.
        boolean isPath = http.uri().startsWith("/");
        return isOne && isPath && http.authority() != null ? http.authority().toString() : null;
    }

    /** @return null if there is none */
    public String cookie(String name) {
        Cookie cookie = http.getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    /** Where it came from, without the port. */
    public String address() {
        return http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
    }

    /** Has something done when whoever asked goes away; of several on one connection the last is done. */
    public void whenGone(Runnable then) {
        http.connection().closeHandler(closed -> then.run());
    }

    /** Whether it only asks. */
    public boolean isRead() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** Whether a program asked, which wants to be told in JSON. */
    public boolean isOfProgram() {
        return isOfProgram(path()) || header("Authorization") != null;
    }

    /** Whether programs ask for what is at this address. */
    public static boolean isOfProgram(String path) {
        return path.startsWith("/api/")
                || path.startsWith("/feeds/")
                || path.equals("/data.json")
                || path.equals("/metrics");
    }
}
