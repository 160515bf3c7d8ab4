package dev.catchment.web.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.text.Sha256;
import dev.catchment.web.gate.Refused;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Rows as the answer that was asked for: one thing, a page of a list, or a file of all rows as they come. */
public final class Answers {
    private static final int NOT_MODIFIED = 304;

    private final Contract contract;
    private final OpenStreams streams;

    public Answers(Contract contract, OpenStreams streams) {
        this.contract = contract;
        this.streams = streams;
    }

    /** The parameters of the statement. @throws Refused if they are not allowed */
    public Map<String, Object> parameters(Exchange exchange) {
        return contract.asked(exchange).parameters();
    }

    /** Sends what was found. @param exchange whose body are the rows, as {@link RowStream} */
    public void answer(Exchange exchange) throws IOException {
        Asked asked = exchange.getProperty("asked", Asked.class);
        RowStream rows = exchange.getMessage().getBody(RowStream.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        if (asked.form().isStreamed()) {
            // What fails before the first row is still answered with a status.
            rows.hasNext();
            message.setHeader(Exchange.CONTENT_TYPE, asked.form().contentType());
            message.setHeader("Cache-Control", "no-store");
            message.setHeader(
                    "Content-Disposition",
                    "attachment; filename=\"%s.%s\""
                            .formatted(
                                    asked.operation().id(), asked.form().name().toLowerCase(Locale.ROOT)));
            message.setBody(streams.watched(new RowsInput(rows, asked), asked.request()));
            return;
        }
        try (rows) {
            json(asked, rows, message);
        }
    }

    /**
     * Says that something was done or begun, and where to look.
     *
     * @param exchange whose body is what the route says of it, in words or as {@code message}; null if there is no such thing, false if
     *     nothing was there to be done with it. If it was a run that was waited for, its summary is in the property {@code ran}
     * @throws Refused if nothing was
     */
    public void done(Exchange exchange) {
        Asked asked = exchange.getProperty("asked", Asked.class);
        Operation.Done done = asked.operation().done();
        Object said = exchange.getMessage().getBody();
        String look = done.look();
        for (Parameter parameter : asked.operation().parameters()) {
            look = look.replace(
                    "{" + parameter.name() + "}",
                    String.valueOf(asked.parameters().get(parameter.ofStatement())));
        }
        if (said == null) {
            throw Refused.notFound(
                    "There is nothing at %s: see %s.".formatted(asked.request().path(), look));
        }
        if (said.toString().equals("false")) {
            throw new Refused(
                    409, "Not possible now", "As things are nothing was there to be done: see %s.".formatted(look));
        }
        ObjectNode answer = JsonRows.object().put("message", done.message()).put("look", look);
        if (said instanceof Map<?, ?> told && told.containsKey("message")) {
            answer.put("message", String.valueOf(told.get("message")));
        } else if (done.message() == null) {
            answer.put("message", String.valueOf(said));
        }
        String rejects = rejects(
                exchange.getProperty("ran", Map.class), answer.path("message").asText());
        if (rejects != null) {
            answer.put("message", answer.path("message").asText() + " " + rejects);
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, done.status());
        message.setHeader("Location", look);
        message.setHeader("Cache-Control", "no-store");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(answer.toString());
    }

    /**
     * Where to read what a run rejected; null if it rejected nothing.
     *
     * @param ran its summary; null if there was none
     * @throws Refused if it did not do what it was for
     */
    private static String rejects(Map<?, ?> ran, String message) {
        if (ran == null) {
            return null;
        }
        String rejects = ((Number) ran.get("rejected")).longValue() == 0
                ? null
                : "What was rejected, and why: /api/v1/runs/%s/rejects.".formatted(ran.get("run"));
        if ("failed".equals(ran.get("status"))) {
            throw new Refused(
                    422,
                    "Failed",
                    Stream.of(
                                    message,
                                    (String) ran.get("error"),
                                    rejects,
                                    "The run: /api/v1/runs/%s.".formatted(ran.get("run")))
                            .filter(said -> said != null && !said.isBlank())
                            .collect(Collectors.joining(" ")));
        }
        return rejects;
    }

    private static void json(Asked asked, RowStream rows, Message message) throws IOException {
        String body;
        if (asked.operation().isList()) {
            List<Map<String, Object>> page = new ArrayList<>();
            rows.forEachRemaining(page::add);
            String next = null;
            if (asked.limit() > 0 && page.size() > asked.limit()) {
                page.remove(asked.limit());
                next = next(asked, page.get(page.size() - 1));
                message.setHeader("Link", "<%s>; rel=\"next\"".formatted(next));
            }
            body = JsonRows.page(page, asked.fields(), next);
        } else if (rows.hasNext()) {
            ObjectNode one = JsonRows.of(rows.next(), asked.fields());
            body = one.toString();
        } else {
            throw Refused.notFound("There is no %s here: %s."
                    .formatted(
                            asked.operation()
                                    .id()
                                    .replaceFirst("^(get|show)-", "")
                                    .replace('-', ' '),
                            asked.request().path()));
        }
        send(asked, message, body, asked.form().contentType());
    }

    /** Sends it, unless it is held already. */
    static void send(Asked asked, Message message, String body, String type) {
        String tag = "\"" + Sha256.of(body).substring(0, 32) + "\"";
        message.setHeader("ETag", tag);
        message.setHeader("Cache-Control", "private, no-cache");
        message.setHeader("Vary", "Accept, Authorization, Cookie, Origin");
        String held = asked.request().header("If-None-Match");
        if (held != null && (held.strip().equals("*") || held.contains(tag))) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, NOT_MODIFIED);
            message.setBody(null);
            return;
        }
        message.setHeader(Exchange.CONTENT_TYPE, type);
        // As text it goes out in one piece; bytes Camel would send bit by bit, as it does a stream.
        message.setBody(body);
    }

    /** The same list from the row after this one on. */
    private static String next(Asked asked, Map<String, Object> last) {
        String query = asked.request().query().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(Asked.AFTER))
                .map(parameter -> encoded(parameter.getKey()) + "="
                        + encoded(parameter.getValue().get(0)))
                .collect(Collectors.joining("&"));
        String key = String.valueOf(last.get("page_key"));
        String cursor = asked.parameters().get(Asked.AFTER) instanceof Long
                ? key
                : Cursor.write(asked.operation().id(), key);
        return asked.request().path() + "?" + query + (query.isEmpty() ? "" : "&") + "after=" + cursor;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
