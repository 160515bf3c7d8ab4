package dev.catchment.flow.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A message under way: a row of {@code ops/claim-message}.
 *
 * @param attempt from 1
 * @param content what it says; missing if its room says it when it is sent
 */
public record ClaimedMessage(
        String id,
        String room,
        String kind,
        String recipient,
        String messageId,
        int attempt,
        String worker,
        JsonNode content) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ClaimedMessage of(Map<String, Object> row) throws JsonProcessingException {
        return new ClaimedMessage(
                row.get("id").toString(),
                row.get("room").toString(),
                row.get("kind").toString(),
                row.get("recipient").toString(),
                row.get("message_id").toString(),
                ((Number) row.get("attempt")).intValue(),
                row.get("worker").toString(),
                row.get("content") == null
                        ? MissingNode.getInstance()
                        : JSON.readTree(row.get("content").toString()));
    }

    /** The parameters of {@code ops/close-message}: it is closed by whoever claimed it, for that attempt alone. */
    public Map<String, Object> claim() {
        return new HashMap<>(Map.of("message", id, "worker", worker, "attempt", attempt));
    }

    @Override
    public String toString() {
        return "room=%s kind=%s message=%s attempt=%d".formatted(room, kind, id, attempt);
    }
}
