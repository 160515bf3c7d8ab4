package dev.catchment.flow.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * One answer of the stand-in.
 *
 * @param status  HTTP status
 * @param headers response headers, the content type among them
 * @param body    the bytes sent; not copied, so not to be changed
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    /** An answer of a service. */
    public static Answer json(int status, byte[] body) {
        return new Answer(status, Map.of("Content-Type", "application/json;charset=utf-8"), body);
    }

    /** {@link #json(int, byte[])} of a text. */
    public static Answer json(int status, String body) {
        return json(status, body.getBytes(UTF_8));
    }

    /** An answer of a server in front of the service: a small HTML page. */
    public static Answer html(int status, String title) {
        String page = "<html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>\n".formatted(title);
        return new Answer(status, Map.of("Content-Type", "text/html"), page.getBytes(UTF_8));
    }

    /** This answer with another body. */
    public Answer with(byte[] other) {
        return new Answer(status, headers, other);
    }

    /** This answer with one header more. */
    public Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body);
    }

    void writeTo(Message message) {
        // The headers of the request, its query parameters among them, would go back to the client.
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        headers.forEach(message::setHeader);
        // A byte buffer is sent in one piece with its length; an array would be streamed in small ones.
        message.setBody(ByteBuffer.wrap(body));
    }
}
