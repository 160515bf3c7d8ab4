package dev.catchment.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.web.gate.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page begins: the {@code page_key} of the row before it, and of which list. Opaque to whoever gets it. */
final class Cursor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 2_000;

    private Cursor() {}

    static String write(String operation, String pageKey) {
        try {
            ObjectNode cursor = JSON.createObjectNode().put("of", operation);
            cursor.set("key", JSON.readTree(pageKey));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(cursor));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The page key.
     *
     * @param cursor null for the first page
     * @throws Refused if it is none of this list
     */
    static String read(String operation, String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            JsonNode read = cursor.length() > LONGEST
                    ? null
                    : JSON.readTree(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (read != null
                    && read.path("of").asText().equals(operation)
                    && read.path("key").isArray()) {
                return read.path("key").toString();
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            // said below
        }
        throw Refused.badRequest(
                "The cursor after= is not of this list. Take it from 'next' of the page before, as it is.");
    }
}
