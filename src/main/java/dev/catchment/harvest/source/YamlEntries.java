package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.BadRecord;
import dev.catchment.schema.YamlDocument;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Sources as a list in YAML, which people write: it is read as a whole. */
final class YamlEntries implements SourceEntries {
    private static final int MOST_BYTES = 16 << 20;

    private final InputStream in;
    private YamlDocument document;
    private Iterator<JsonNode> items;
    private int number;

    YamlEntries(InputStream in) {
        this.in = in;
    }

    @Override
    public SourceEntry next() throws IOException {
        if (items == null) {
            items = items();
        }
        if (!items.hasNext()) {
            return null;
        }
        JsonNode item = items.next();
        number++;
        String position = "entry %d (line %d)".formatted(number, document.line(item));
        if (item instanceof ObjectNode fields) {
            return SourceEntry.of(number, position, fields);
        }
        return SourceEntry.bad(
                number,
                position,
                item.toString(),
                new BadRecord(
                        BadRecord.WRONG_TYPE,
                        "A source is a map of fields, which begins with '- name: ...' or '- kind: ...'."));
    }

    private Iterator<JsonNode> items() throws IOException {
        byte[] text = in.readNBytes(MOST_BYTES + 1);
        if (text.length > MOST_BYTES) {
            throw new PermanentFailure("The YAML has more than %,d MB; give so many sources as CSV or JSON lines."
                    .formatted(MOST_BYTES >> 20));
        }
        try {
            document = YamlDocument.of(Utf8.withoutMark(new String(text, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("It is not YAML: %s.".formatted(e.getMessage()));
        }
        if (!document.root().isArray()) {
            throw new PermanentFailure("It must be a list: each source begins with '- name: ...'.");
        }
        return document.root().iterator();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
