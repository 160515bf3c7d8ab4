package dev.catchment.postgres.connection;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as addresses have it (RFC 3986), where a plus is a plus. */
final class PercentCode {

    private PercentCode() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** @throws IllegalArgumentException with a message that holds nothing of the text */
    static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the text, which may be a password.
            throw new IllegalArgumentException("a % is not followed by two hexadecimal digits (write % itself as %25)");
        }
    }
}
