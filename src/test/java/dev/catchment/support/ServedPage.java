package dev.catchment.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link PageServer} answers at a path. With ETag or Last-Modified among its headers, whoever sends them back is
 * told 304.
 *
 * @param headers sent as they are; Content-Length is added
 */
public record ServedPage(int status, Map<String, String> headers, byte[] body) {

    public static ServedPage html(String html) {
        return of("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    public static ServedPage text(String text) {
        return of("text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    public static ServedPage of(String type, byte[] body) {
        return new ServedPage(200, Map.of("Content-Type", type), body);
    }

    /** An answer with this status and a short page that says so. */
    public static ServedPage status(int status) {
        ServedPage page = html("<html><body>Status " + status + "</body></html>");
        return new ServedPage(status, page.headers, page.body);
    }

    public static ServedPage redirect(int status, String location) {
        return status(status).with("Location", location);
    }

    /** The same with one more header. */
    public ServedPage with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ServedPage(status, more, body);
    }

    /** The answer for who asks like this, head and body. @param asked request headers by lower-case name */
    byte[] answer(Map<String, String> asked) {
        return isKnownTo(asked) ? bytes(304, new byte[0]) : bytes(status, body);
    }

    private boolean isKnownTo(Map<String, String> asked) {
        String tag = headers.get("ETag");
        if (tag != null && asked.containsKey("if-none-match")) {
            return tag.equals(asked.get("if-none-match"));
        }
        String modified = headers.get("Last-Modified");
        return modified != null && modified.equals(asked.get("if-modified-since"));
    }

    private byte[] bytes(int code, byte[] content) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " Served\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        if (code != 304 && !headers.containsKey("Content-Length")) {
            head.append("Content-Length: " + content.length + "\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(content);
        return all.toByteArray();
    }

    /** What no page is: an answer written byte by byte, slowly, without end, or broken off. The connection ends with it. */
    @FunctionalInterface
    public interface Raw {
        void write(OutputStream out) throws IOException;
    }
}
