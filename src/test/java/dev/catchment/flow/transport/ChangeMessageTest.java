package dev.catchment.flow.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.schema.DocumentSchema;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The form of a message of the topic of changes, which programs of others read. */
class ChangeMessageTest {
    private static final String SCHEMA = "/harvest/change-message.schema.json";

    /** A message of the first version, as it was published then: who reads that reads what is published now. */
    @Test
    void the_first_message_ever_is_one_of_today() throws Exception {
        try (InputStream first = getClass().getResourceAsStream("/harvest/change-message-1.json")) {
            ObjectMapper json = new ObjectMapper();
            ObjectNode message = (ObjectNode) json.readTree(first);
            DocumentSchema schema = new DocumentSchema(SCHEMA, Map.of());
            assertThat(schema.problems(message)).isEmpty();
            try (InputStream today = getClass().getResourceAsStream(SCHEMA)) {
                JsonNode fields = json.readTree(today).get("properties");
                // What the first version promised is promised still, and nothing that it had is gone.
                message.fieldNames().forEachRemaining(field -> {
                    assertThat(fields.has(field)).as(field).isTrue();
                    assertThat(schema.problems(message.deepCopy().without(List.of(field))))
                            .as(field)
                            .isNotEmpty();
                });
            }
        }
    }
}
