package dev.catchment.http;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TooLarge;
import dev.catchment.errors.TransientFailure;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a request needs before it goes out, the answer, and the judgement on it for those who do not judge themselves. */
public final class HttpDoor {
    private static final int SNIPPET = 200;
    /** What a server tells one visitor is nobody else's business. */
    private static final String SECRET = "set-cookie2?|(proxy-|www-)?authenticat.*|authorization";

    /** While an answer is read, judged and written it is there several times, and two sources or more are walked at once. */
    private static final int PART_OF_HEAP = 16;

    /** How long what is under way may go on coming when its run is stopped: the process has thirty seconds to end. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(15);

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final String userAgent;
    private final Duration timeout;
    private String accept = "application/json";
    private String language;
    private Pattern expected = Pattern.compile("json");
    private String expectedWords = "JSON";
    private String contact = "";
    private long largest;

    /**
     * @param timeout longest time a body may take, in milliseconds
     * @param largest body that is read, in bytes; a sixteenth of the heap at the most
     */
    public HttpDoor(String userAgent, long timeout, long largest) {
        this.userAgent = userAgent;
        this.timeout = Duration.ofMillis(timeout);
        this.largest = Math.min(largest, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** @param bytes of another kind of answer: the larger bound is that of all */
    public void setAlsoUpTo(long bytes) {
        largest = Math.max(largest, bytes);
    }

    /** @param accept what is asked for: the header of that name */
    public void setAccept(String accept) {
        this.accept = accept;
    }

    /** @param contact of those who ask, added to the user agent; blank if it is not told */
    public void setContact(String contact) {
        this.contact = contact.isBlank() ? "" : " (+" + contact + ")";
    }

    /** Takes every answer that is not a page for people, for those whose reader knows better what it wants. */
    public void setTakesAnyData(boolean takes) {
        if (takes) {
            expected = Pattern.compile("^(?!text/html|application/xhtml)");
            expectedWords = "data";
        }
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    /** Turns the HttpCall in the body into a request of camel-http; nothing else of the exchange goes out. */
    public void prepare(Exchange exchange) {
        Message message = exchange.getMessage();
        HttpCall call = message.getBody(HttpCall.class);
        exchange.setProperty("httpCall", call);
        // Left from a failure that a doCatch has dealt with, it keeps Camel from trying anything again.
        exchange.getExchangeExtension().setFailureHandled(false);
        message.removeHeaders("*");
        call.attempt().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_URI, call.target());
        message.setHeader(Exchange.HTTP_METHOD, call.method());
        message.setHeader("Accept", accept);
        if (language != null) {
            message.setHeader("Accept-Language", language);
        }
        message.setHeader("User-Agent", userAgent + contact);
        message.setBody(call.body());
    }

    /** Turns the response into an HttpAnswer, whatever its status. @throws IOException if the body is cut off or late */
    public void answer(Exchange exchange) throws IOException {
        Message response = exchange.getMessage();
        HttpCall call = exchange.getProperty("httpCall", HttpCall.class);
        int status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        boolean isForFile = call.spool() != null && status >= 200 && status < 300;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long bytes;
        try (OutputStream out = isForFile ? new Headed(call.spool().open(), body) : body) {
            bytes = read(
                    response.getBody(InputStream.class),
                    isForFile ? call.mostBytes() : Math.min(call.mostBytes(), largest),
                    out,
                    call);
        }
        HttpAnswer answer = call.answer(status, headers(response.getHeaders()), body.toByteArray(), bytes);
        response.removeHeaders("*");
        response.setBody(answer);
    }

    /**
     * Lets the call's reader read the answer.
     *
     * @throws TransientFailure for 408, 429, 5xx, and a body that is broken or of the wrong kind
     * @throws PermanentFailure for every other status that is not a success, and, as TooLarge, for a body that is too large
     */
    public void judge(Exchange exchange) {
        HttpAnswer answer = exchange.getMessage().getBody(HttpAnswer.class);
        HttpCall call = exchange.getProperty("httpCall", HttpCall.class);
        if (call.spool() != null && answer.bytes() > call.spool().most()) {
            throw call.spool().tooLarge();
        } else if (call.spool() == null && answer.bytes() > largest) {
            throw new TooLarge(
                    "The answer is larger than %,d bytes: than http.max-response, or than a sixteenth of the heap, which -Xmx in JAVA_OPTS sets."
                            .formatted(largest));
        }
        int status = answer.status();
        String type = answer.headers().getOrDefault("content-type", "");
        String said =
                "HTTP %d, %s: %s".formatted(status, type.isEmpty() ? "no content type" : type, snippet(answer.body()));
        if (status == 408 || status == 429 || status >= 500) {
            Duration wait = RetryAfter.parse(answer.headers().get("retry-after"), Instant.now());
            throw new TransientFailure(said, status, wait);
        }
        if (status < 200 || status >= 300) {
            throw new PermanentFailure(said, status);
        }
        if (!expected.matcher(type).find()) {
            throw new TransientFailure("Expected %s, received %s".formatted(expectedWords, said));
        }
        exchange.getMessage().setBody(call.read(answer));
    }

    /**
     * No further than one byte more than wanted: so many show that there is more.
     *
     * @param body closed in the end; null is an empty one
     */
    private long read(InputStream body, long wanted, OutputStream bytes, HttpCall call) throws IOException {
        long size = 0;
        long calledOffAt = 0;
        long end = System.nanoTime() + timeout.toNanos();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = body == null ? InputStream.nullInputStream() : body) {
            while (size <= wanted) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, wanted + 1 - size));
                if (read < 0) {
                    break;
                }
                bytes.write(buffer, 0, read);
                size += read;
                if (System.nanoTime() > end) {
                    throw new SocketTimeoutException("the body came too slowly");
                }
                if (!call.isWanted()) {
                    calledOffAt = calledOffAt == 0 ? System.nanoTime() : calledOffAt;
                    if (System.nanoTime() - calledOffAt > LAST_BYTES.toNanos()) {
                        throw new IOException("it is not waited for any longer, for its run was stopped");
                    }
                }
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("The response body was cut off: " + e.getMessage(), e);
        }
        return size;
    }

    /** Keeps the beginning of what goes elsewhere, for those who want to see what it is. */
    private static final class Headed extends FilterOutputStream {
        private final ByteArrayOutputStream head;

        Headed(OutputStream out, ByteArrayOutputStream head) {
            super(out);
            this.head = head;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            if (head.size() < SNIPPET) {
                head.write(bytes, from, Math.min(length, SNIPPET));
            }
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

    private static String snippet(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SNIPPET), StandardCharsets.UTF_8);
        return text.isBlank() ? "an empty body" : text.strip().replaceAll("\\s+", " ");
    }
}
