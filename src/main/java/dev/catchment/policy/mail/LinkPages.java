package dev.catchment.policy.mail;

import dev.catchment.text.Templates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The pages that links in mails lead to. Programs that look at links before people do open them: so a page does nothing but
 * show its button, and what counts is the button, or the POST of a mail program (RFC 8058).
 */
public final class LinkPages {
    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    /** A mail of an older version names every subscription in one link; the server bounds the length of a line. */
    private static final Pattern UUIDS = Pattern.compile(UUID + "(," + UUID + ")*");

    /** What does not look like our links never reaches the database. */
    public boolean areNoTokens(Exchange exchange) {
        String tokens = token(exchange);
        return tokens == null || !UUIDS.matcher(tokens).matches();
    }

    /** The same of a link that is about one subscription. */
    public boolean isNoToken(Exchange exchange) {
        return areNoTokens(exchange) || token(exchange).indexOf(',') >= 0;
    }

    /** The parameters of {@code policy/list-linked-subscriptions}. */
    public Map<String, Object> linked(Exchange exchange) {
        return Map.of("tokens", token(exchange));
    }

    /** The parameters of {@code policy/update-ended-subscriptions}: those of the link alone. */
    public Map<String, Object> ending(Exchange exchange) {
        Map<String, Object> parameters = new HashMap<>();
        List.of("email", "origin", "destination", "visa_type").forEach(field -> parameters.put(field, null));
        parameters.put("tokens", token(exchange));
        return parameters;
    }

    /** The parameters of {@code policy/update-confirmed-subscription}. */
    public Map<String, Object> confirming(Exchange exchange) {
        return Map.of("token", token(exchange));
    }

    /** From the exchange itself: in an expression of a route, what a stranger wrote could be read as one. */
    private static String token(Exchange exchange) {
        return exchange.getProperty("token", String.class);
    }

    /** Before a confirmation. The body: rows of {@code policy/list-linked-subscriptions}. */
    public void askToConfirm(Exchange exchange) {
        String token = token(exchange);
        List<Map<?, ?>> meant = rows(exchange).stream()
                .filter(row -> token.equals(row.get("token"))) // an address is not confirmed, a subscription is
                .toList();
        if (meant.isEmpty()) {
            unknown(exchange);
        } else if (isEnded(meant.get(0))) {
            endedBefore(exchange);
        } else {
            String question = "Do you want to receive alerts when official pages about this route change?";
            ask(exchange, question, meant, "Confirm");
        }
    }

    /** Before an end: shows what would end. The body: rows of {@code policy/list-linked-subscriptions}. */
    public void askToEnd(Exchange exchange) {
        List<Map<?, ?>> linked = rows(exchange);
        List<Map<?, ?>> meant = linked.stream().filter(row -> !isEnded(row)).toList();
        if (linked.isEmpty()) {
            unknown(exchange);
        } else if (meant.isEmpty()) {
            answer(exchange, 200, "You no longer have a subscription here.");
        } else {
            String question = meant.size() == 1
                    ? "Do you want to end this subscription?"
                    : "Do you want to end all these subscriptions?";
            ask(exchange, question, meant, "Unsubscribe");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> rows(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    private static boolean isEnded(Map<?, ?> row) {
        return Boolean.TRUE.equals(row.get("is_ended"));
    }

    /** What became of {@code policy/update-confirmed-subscription}. */
    public void confirmed(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        if (rows.isEmpty()) {
            unknown(exchange);
        } else if (Boolean.TRUE.equals(((Map<?, ?>) rows.get(0)).get("is_active"))) {
            answer(exchange, 200, "Your subscription is confirmed. You will receive alerts about changes.");
        } else {
            endedBefore(exchange);
        }
    }

    private static void endedBefore(Exchange exchange) {
        answer(exchange, 410, "This subscription has ended. To get it back, subscribe again.");
    }

    /** What became of {@code policy/update-ended-subscriptions}. */
    public void ended(Exchange exchange) {
        int ended = rows(exchange).size();
        if (ended == 0) {
            unknown(exchange);
        } else {
            String text = ended == 1
                    ? "Your subscription has ended. You will receive no more alerts from it."
                    : "Your subscriptions have ended. You will receive no more alerts from them.";
            answer(exchange, 200, text);
        }
    }

    public void unknown(Exchange exchange) {
        answer(exchange, 404, "There is no such subscription. Check that the link is complete.");
    }

    public void failed(Exchange exchange) {
        answer(exchange, 503, "This does not work at the moment. Please try again later.");
    }

    private static void ask(Exchange exchange, String question, List<Map<?, ?>> meant, String button) {
        List<String> routes = meant.stream().map(RouteWords::of).toList();
        answer(exchange, 200, Map.of("text", question, "routes", routes, "button", button));
    }

    private static void answer(Exchange exchange, int status, String text) {
        answer(exchange, status, Map.of("text", text));
    }

    private static void answer(Exchange exchange, int status, Map<String, Object> page) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
        message.setBody(Templates.html("policy/link-page.jte", page));
    }
}
