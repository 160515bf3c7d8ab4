package dev.catchment.export.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.catchment.postgres.rows.RowStream.JsonText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;

/** The fields of a row as JSON: moments in ISO 8601 and UTC, {@code jsonb} as what it holds, arrays as lists. */
final class FieldJson {
    private static final JsonFactory JSON = new JsonFactory();

    private FieldJson() {}

    static void write(JsonGenerator json, Map<String, Object> row) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Object> field : row.entrySet()) {
            json.writeFieldName(field.getKey());
            value(json, field.getValue());
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof JsonText held) {
            json.writeRawValue(held.json());
        } else if (value instanceof List<?> several) {
            json.writeStartArray();
            for (Object one : several) {
                value(json, one);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(plain(value));
        }
    }

    /** A field of a file whose fields are text. */
    static String text(Object value) {
        if (value instanceof List<?>) {
            StringWriter written = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(written)) {
                value(json, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return written.toString();
        }
        return value == null ? null : plain(value);
    }

    private static String plain(Object value) {
        return value instanceof Timestamp moment ? moment.toInstant().toString() : value.toString();
    }
}
