package dev.catchment.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a request for a page needs before it goes out, and the answer, which nobody judges here. */
public final class PageDoor {
    /** What a server tells one visitor is nobody else's business. */
    private static final String SECRET = "set-cookie2?|(proxy-|www-)?authenticat.*|authorization";

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final String userAgent;
    private final Duration timeout;
    private String suffix = "";
    private final long largest;

    /**
     * @param timeout longest time a body may take, in milliseconds
     * @param maxHtml bytes of the largest page, and maxPdf those of the largest PDF: the larger is read, whatever comes
     */
    public PageDoor(String userAgent, long timeout, long maxHtml, long maxPdf) {
        this.largest = Math.max(maxHtml, maxPdf);
        this.userAgent = userAgent;
        this.timeout = Duration.ofMillis(timeout);
    }

    /** @param contact of those who ask, added to the user agent; blank if it is not told */
    public void setContact(String contact) {
        suffix = contact.isBlank() ? "" : " (+" + contact + ")";
    }

    /** Turns the PageCall in the body into a request of camel-http; nothing else of the exchange goes out. */
    public void prepare(Exchange exchange) {
        PageCall call = exchange.getMessage().getBody(PageCall.class);
        exchange.setProperty("pageCall", call);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        call.headers().forEach(message::setHeader);
        // Without characters that Camel would take for a placeholder of its own.
        message.setHeader(Exchange.HTTP_URI, call.url().toASCIIString());
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader("Accept", "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5");
        message.setHeader("Accept-Language", "en");
        message.setHeader("User-Agent", userAgent + suffix);
        message.setBody(null);
    }

    /** Turns the response into a PageAnswer. @throws IOException if the body does not come whole, or not in time */
    public void answer(Exchange exchange) throws IOException {
        Message response = exchange.getMessage();
        PageCall call = exchange.getProperty("pageCall", PageCall.class);
        byte[] body = read(response.getBody(InputStream.class), Math.min(call.wanted(), largest));
        PageAnswer answer = new PageAnswer(
                response.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class), headers(response.getHeaders()), body);
        response.removeHeaders("*");
        response.setBody(answer);
    }

    private byte[] read(InputStream body, long wanted) throws IOException {
        try {
            return Body.read(body, wanted, timeout);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("The response body was cut off: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> headers(Map<String, Object> all) {
        Map<String, String> kept = new TreeMap<>();
        all.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (value != null && !key.startsWith("camel") && !key.matches(SECRET)) {
                // A list is what came more than once.
                String text = value instanceof Iterable<?> several ? joined(several) : value.toString();
                kept.put(
                        CONTROL.matcher(key).replaceAll(" "),
                        CONTROL.matcher(text).replaceAll(" "));
            }
        });
        return kept;
    }

    private static String joined(Iterable<?> several) {
        StringBuilder joined = new StringBuilder();
        several.forEach(one -> joined.append(joined.isEmpty() ? "" : ", ").append(one));
        return joined.toString();
    }
}
