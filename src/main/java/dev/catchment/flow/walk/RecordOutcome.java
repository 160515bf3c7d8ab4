package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What became of one record of a page. */
public sealed interface RecordOutcome {
    JsonFactory JSON = new JsonFactory();

    /** It can be stored. */
    record Accepted(RawRecord raw, RecordJudge.Good record) implements RecordOutcome {
        boolean isNewerThan(Accepted other) {
            return other.record.updatedAt() == null
                    || (record.updatedAt() != null && !record.updatedAt().isBefore(other.record.updatedAt()));
        }

        /** Writes the columns as one JSON object, the raw record with them, byte for byte. */
        void write(ByteArrayOutputStream out) {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                record.writeFields(json);
                json.writeFieldName("raw");
                json.writeRawValue("");
                json.flush();
                out.write(raw.page(), raw.offset(), raw.length());
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** It cannot. @param key as far as it could be read, else null @param reason a stable code */
    record Rejected(RawRecord raw, String key, String reason, String message) implements RecordOutcome {
        void write(JsonGenerator json, int page) throws IOException {
            json.writeStartObject();
            json.writeStringField("position", "page %d, record %d".formatted(page, raw.index() + 1));
            json.writeStringField("key", key);
            json.writeStringField("reason", reason);
            json.writeStringField("message", message);
            // A NUL would be one too many for PostgreSQL; in JSON it can only stand as an escape, which stays text.
            json.writeStringField("record", raw.text().replace("\0", "\\u0000"));
            json.writeEndObject();
        }
    }
}
