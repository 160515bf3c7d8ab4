package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** One value of a record, where a JSON Pointer leads. */
record RecordValue(JsonPointer pointer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    RecordValue(String pointer) {
        this(JsonPointer.compile(pointer));
    }

    /** As text; null if there is none, or the record cannot be read: it is rejected later, with that reason. */
    String of(RawRecord record) {
        try {
            JsonNode value = JSON.readTree(record.page(), record.offset(), record.length())
                    .at(pointer);
            return value.isValueNode() && !value.isNull() ? value.asText() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
