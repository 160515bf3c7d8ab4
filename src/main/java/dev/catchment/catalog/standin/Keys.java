package dev.catchment.catalog.standin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the stand-in needs to know of a record of the Discovery API.
 *
 * @param id      {@code resource.id}, whatever it looks like
 * @param domain  {@code metadata.domain}; empty if missing
 * @param updated {@code resource.updatedAt} in milliseconds since 1970, or {@link StandInRecord#UNKNOWN}
 */
record Keys(String id, String domain, long updated) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> WANTED = Set.of("resource/id", "resource/updatedAt", "metadata/domain");

    /**
     * Reads one record to its end, so that its bytes can be put into a page as they are.
     * Errors: {@link IOException} if it is not one whole JSON object, or has no id.
     */
    static Keys of(byte[] line) throws IOException {
        // The parser would skip it; inside a page it would be nonsense.
        require(line[0] != (byte) 0xEF, "it begins with a byte order mark");
        try (JsonParser parser = JSON.createParser(line)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
            Map<String, String> found = texts(parser);
            require(parser.nextToken() == null, "more follows behind the object");
            require(found.containsKey("resource/id"), "it has no resource.id");
            return new Keys(
                    found.get("resource/id"),
                    found.getOrDefault("metadata/domain", ""),
                    millis(found.get("resource/updatedAt")));
        }
    }

    /** The wanted texts by {@code <group>/<field>}, from behind the first brace to behind the last. */
    private static Map<String, String> texts(JsonParser parser) throws IOException {
        Map<String, String> found = new HashMap<>();
        String group = null;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                group = depth++ == 1 ? parser.currentName() : group;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && depth == 2) {
                String path = group + "/" + parser.currentName();
                if (WANTED.contains(path)) {
                    found.put(path, parser.getText());
                }
            }
        }
        return found;
    }

    private static long millis(String moment) {
        try {
            return moment == null
                    ? StandInRecord.UNKNOWN
                    : Instant.parse(moment).toEpochMilli();
        } catch (DateTimeParseException e) {
            // Served all the same: what the reader of a page makes of a bad date is to be seen.
            return StandInRecord.UNKNOWN;
        }
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
