package dev.catchment.web.console;

import dev.catchment.text.Templates;
import dev.catchment.web.gate.Caller;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Renders what a route found as a page. */
public final class Pages {
    private static final int LONGEST = 50;

    /** Beyond, one narrows a search: what was passed over had to be found first. */
    private static final int MOST_PAGES = 200;

    private static final int TOP = 15;

    public void login(Exchange exchange) {
        login(exchange, 200, null);
    }

    public void loginFailed(Exchange exchange) {
        login(exchange, 403, "Name or password is wrong.");
    }

    private static void login(Exchange exchange, int status, String failure) {
        WebRequest request = exchange.getProperty("request", WebRequest.class);
        Map<String, Object> page = new HashMap<>();
        page.put("next", request.value("next"));
        page.put("failure", failure);
        answer(exchange, status, "login", page);
    }

    /**
     * What the statements of a page take: the query, then what stands in the path, then how many rows fit.
     *
     * @param exchange whose property {@code key} names what stands in the path
     */
    public Map<String, Object> asked(Exchange exchange) {
        WebRequest request = exchange.getProperty("request", WebRequest.class);
        Map<String, Object> asked = new HashMap<>();
        request.query().forEach((name, values) -> {
            if (!values.get(0).isBlank()) {
                asked.put(name.replace('-', '_'), values.get(0).strip());
            }
        });
        String key = exchange.getProperty("key", String.class);
        if (!key.isEmpty()) {
            asked.put(key, request.inPath(key));
        }
        int page = number((String) asked.remove("page"), 1);
        asked.putIfAbsent("is_failing", "false");
        asked.put("is_admin", exchange.getProperty("caller", Caller.class).isAdmin());
        asked.put("most", LONGEST + 1);
        asked.put("skip", LONGEST * (Math.min(page, MOST_PAGES) - 1));
        return asked;
    }

    /** A number that was asked for, from 1 on. */
    static int number(String text, int otherwise) {
        return text != null && text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
    }

    /**
     * Shows what was found, in the template that the property {@code page} names.
     *
     * @throws Refused if the page is of one thing, and there is no such thing
     */
    public void show(Exchange exchange) {
        Map<String, Object> found = exchange.getVariables();
        if (!exchange.getProperty("key", String.class).isEmpty() && found.get("one") == null) {
            throw nothing();
        }
        View view = new View(
                exchange.getProperty("request", WebRequest.class), exchange.getProperty("caller", Caller.class), found);
        answer(exchange, 200, exchange.getProperty("page", String.class), Map.of("view", view));
    }

    /** The first country there is, where none was asked for; the most given names are ten of each gender. */
    public Map<String, Object> withCountry(Map<String, Object> asked, List<Map<String, Object>> countries) {
        Map<String, Object> with = new HashMap<>(asked);
        if (!countries.isEmpty()) {
            with.putIfAbsent("country", countries.get(0).get("code"));
        }
        with.put("most", TOP);
        return with;
    }

    /** The fields of a form that are filled in. */
    public Map<String, Object> filledIn(Exchange exchange) {
        return exchange.getProperty("request", WebRequest.class).filledIn();
    }

    /** The parameters of a statement that takes the name of the source. */
    public Map<String, Object> named(Exchange exchange) {
        return Map.of("source", exchange.getProperty("source", String.class));
    }

    /** The parameters of {@code harvest/update-source} to pause it. */
    public Map<String, Object> paused(Exchange exchange) {
        return Map.of("source", exchange.getProperty("source", String.class), "is_active", false);
    }

    /** The parameters of {@code harvest/update-source} to resume it. */
    public Map<String, Object> resumed(Exchange exchange) {
        return Map.of("source", exchange.getProperty("source", String.class), "is_active", true);
    }

    /** Back to the page of the source. */
    public String back(Exchange exchange) {
        return "/sources/" + View.encoded(exchange.getProperty("source", String.class));
    }

    /** @throws Refused if there is no such thing */
    public void requireOne(Exchange exchange) {
        if (exchange.getVariable("one") == null) {
            throw nothing();
        }
    }

    private static Refused nothing() {
        return Refused.notFound("There is nothing of that name here. Search for it from its room.");
    }

    /** Sends the browser on, with a word on what was done. */
    public void done(Exchange exchange) {
        Message message = exchange.getMessage();
        String said = exchange.getProperty("said", String.class);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
        message.setHeader(
                "Location",
                exchange.getProperty("back", String.class)
                        + (said == null ? "" : "?said=" + URLEncoder.encode(said, StandardCharsets.UTF_8)));
        message.setHeader("Cache-Control", "no-store");
        message.setBody("");
    }

    private static void answer(Exchange exchange, int status, String template, Map<String, Object> page) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setBody(Templates.html("web/" + template + ".jte", page));
    }
}
