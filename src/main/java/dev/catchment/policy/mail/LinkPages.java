package dev.catchment.policy.mail;

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
    private static final Pattern UUIDS = Pattern.compile(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}" + "(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}){0,99}");
    private static final String PAGE = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">"
            + "<title>Catchment</title></head><body><p>%s</p>%s</body></html>\n";
    private static final String BUTTON = "<form method=\"post\"><button>%s</button></form>";

    /** What does not look like our links never reaches the database. */
    public boolean areNoTokens(Exchange exchange) {
        String tokens = token(exchange);
        return tokens == null || !UUIDS.matcher(tokens).matches();
    }

    /** The same of a link that is about one subscription. */
    public boolean isNoToken(Exchange exchange) {
        return areNoTokens(exchange) || token(exchange).indexOf(',') >= 0;
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
        return exchange.getMessage().getHeader("token", String.class);
    }

    public void askToConfirm(Exchange exchange) {
        answer(exchange, 200, "Do you want to be told when official pages about this route change?", "Confirm");
    }

    public void askToEnd(Exchange exchange) {
        answer(exchange, 200, "Do you want to end this subscription?", "Unsubscribe");
    }

    /** What became of {@code policy/update-confirmed-subscription}. */
    public void confirmed(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        if (rows.isEmpty()) {
            unknown(exchange);
        } else if (Boolean.TRUE.equals(((Map<?, ?>) rows.get(0)).get("is_active"))) {
            answer(exchange, 200, "Your subscription is confirmed: you are told of changes.", null);
        } else {
            answer(exchange, 410, "This subscription was ended. To have it again, ask for it anew.", null);
        }
    }

    /** What became of {@code policy/update-ended-subscriptions}. */
    public void ended(Exchange exchange) {
        if (exchange.getMessage().getBody(List.class).isEmpty()) {
            unknown(exchange);
        } else {
            answer(exchange, 200, "Your subscription is ended: you are told nothing more of it.", null);
        }
    }

    public void unknown(Exchange exchange) {
        answer(exchange, 404, "There is no such subscription. Was the link cut in two?", null);
    }

    public void failed(Exchange exchange) {
        answer(exchange, 503, "This does not work at the moment. Please try again later.", null);
    }

    private static void answer(Exchange exchange, int status, String text, String button) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'");
        message.setBody(PAGE.formatted(text, button == null ? "" : BUTTON.formatted(button)));
    }
}
