package dev.catchment.web.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.errors.Cause;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.postgres.rows.ReadFailure;
import dev.catchment.text.Templates;
import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure as an answer: {@code application/problem+json} (RFC 9457) for programs, a page for people. What was asked wrongly is
 * said; of what failed here, only that it did, and the log has the rest.
 */
public final class Problem {
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Answers with the failure of the exchange. */
    public void answer(Exchange exchange) {
        WebRequest request = exchange.getProperty("request", WebRequest.class);
        boolean isAct = request != null && !request.isRead();
        Refused refused = refused(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class), isAct);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        boolean isOfProgram = request == null || request.isOfProgram();
        if (refused.status() == 401 && !isOfProgram && request.isRead()) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
            message.setHeader("Location", "/login?next=" + URLEncoder.encode(request.uri(), StandardCharsets.UTF_8));
            message.setBody("");
            return;
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, refused.status());
        message.setHeader("Cache-Control", "no-store");
        if (refused.status() == 401) {
            message.setHeader("WWW-Authenticate", "Bearer realm=\"catchment\"");
        }
        if (refused.status() == 429 || refused.status() == 503) {
            message.setHeader("Retry-After", refused.status() == 429 ? "60" : "5");
        }
        message.setHeader(Exchange.CONTENT_TYPE, type(isOfProgram));
        message.setBody(text(refused, isOfProgram));
    }

    /** The media type of {@link #text}. */
    public static String type(boolean isOfProgram) {
        return isOfProgram ? "application/problem+json" : "text/html; charset=utf-8";
    }

    /** What is said, to a program or to a person. */
    public static String text(Refused refused, boolean isOfProgram) {
        return isOfProgram
                ? json(refused).toString()
                : Templates.html(
                        "web/problem.jte",
                        Map.of("title", refused.title(), "detail", refused.getMessage(), "status", refused.status()));
    }

    private static ObjectNode json(Refused refused) {
        return JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", refused.title())
                .put("status", refused.status())
                .put("detail", refused.getMessage());
    }

    private static Refused refused(Throwable failure, boolean isAct) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Refused refused) {
                return refused;
            }
            if (each instanceof ThrottlerRejectedExecutionException) {
                return new Refused(429, "Too many attempts", "Wait a minute, then try again.");
            }
            if (each instanceof ScopeBusy || each instanceof PermanentFailure) {
                return new Refused(409, "Not possible now", each.getMessage());
            }
            if (isAct && each instanceof IllegalArgumentException) {
                return Refused.notFound(each.getMessage());
            }
        }
        switch (ReadFailure.of(failure)) {
            case BAD_VALUE -> {
                return Refused.badRequest("A value of the request cannot be used. Correct it, or leave it out.");
            }
            case DELETED -> {
                return new Refused(410, "Gone", ReadFailure.said(failure));
            }
            case TOO_LONG -> {
                return new Refused(
                        503,
                        "Too much",
                        "This took longer than web.read-timeout. Ask for less, or narrow it with a filter.");
            }
            default -> {}
        }
        LOG.error("A request failed: {}", Cause.of(failure).toString());
        return new Refused(503, "Not available", "This does not work at the moment. Try again later.");
    }
}
