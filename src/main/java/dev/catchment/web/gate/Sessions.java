package dev.catchment.web.gate;

import dev.catchment.text.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Logins of people, by a cookie whose token only its browser has: the database knows its SHA-256. */
public final class Sessions {
    private static final String COOKIE = "catchment";
    private static final Pattern TOKEN = Pattern.compile("[\\w-]{43}");

    private final long milliseconds;

    /** @param milliseconds how long a login lasts */
    public Sessions(long milliseconds) {
        this.milliseconds = milliseconds;
    }

    /** @return null if there is none that could be one */
    static String token(WebRequest request) {
        String token = request.cookie(COOKIE);
        return token != null && TOKEN.matcher(token).matches() ? token : null;
    }

    /** The parameters of {@code web/find-session} and {@code web/delete-session}. */
    public Map<String, Object> sought(WebRequest request) {
        String token = token(request);
        return Map.of("token_hash", token == null ? "" : Sha256.of(token));
    }

    /** Who logged in; null if nobody. @param exchange whose body is the row of {@code web/find-session} */
    @SuppressWarnings("unchecked")
    public Caller caller(Exchange exchange) {
        Map<String, Object> found = exchange.getMessage().getBody(Map.class);
        return found == null ? null : Caller.of(found, token(exchange.getProperty("request", WebRequest.class)));
    }

    /** The parameters of {@code web/find-user}. */
    public Map<String, Object> named(WebRequest request) {
        Map<String, Object> named = new HashMap<>();
        named.put("name", request.form().get("name"));
        return named;
    }

    /**
     * Whether the password is right; takes as long for a person who is not there.
     *
     * @param exchange whose body is the row of {@code web/find-user}
     */
    public boolean isRight(Exchange exchange) {
        Map<?, ?> found = exchange.getMessage().getBody(Map.class);
        String password =
                exchange.getProperty("request", WebRequest.class).form().get("password");
        return Bcrypt.isOf(
                password == null ? "" : password, found == null ? null : (String) found.get("hashed_password"));
    }

    /** The parameters of {@code web/insert-session}; its token goes into a property for {@link #begin}. */
    public Map<String, Object> beginning(Exchange exchange) {
        String token = exchange.getProperty("token", String.class);
        Map<?, ?> user = exchange.getMessage().getBody(Map.class);
        return Map.of(
                "user_id", user.get("id").toString(), "token_hash", Sha256.of(token), "milliseconds", milliseconds);
    }

    /** Sends the browser the cookie, and to the page it came for. */
    public void begin(Exchange exchange) {
        WebRequest request = exchange.getProperty("request", WebRequest.class);
        String next = request.form().get("next");
        boolean isOurs = next != null && next.matches("/(?![/\\\\])[\\x21-\\x7e]*") && !next.startsWith("/login");
        redirect(
                exchange,
                isOurs ? next : "/",
                cookie(request, exchange.getProperty("token", String.class), milliseconds / 1000));
    }

    /** Takes the cookie from the browser. */
    public void end(Exchange exchange) {
        redirect(exchange, "/", cookie(exchange.getProperty("request", WebRequest.class), "", 0));
    }

    private static void redirect(Exchange exchange, String to, String cookie) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
        message.setHeader("Location", to);
        message.setHeader("Set-Cookie", cookie);
        message.setHeader("Cache-Control", "no-store");
        message.setBody("");
    }

    private static String cookie(WebRequest request, String token, long seconds) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(COOKIE, token, seconds, request.isTls() ? "; Secure" : "");
    }
}
