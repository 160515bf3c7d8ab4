package dev.catchment.catalog.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.http.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page on its way to the database.
 *
 * @param sequence its number in the run, from 1
 */
public record FetchedPage(HttpAnswer answer, int sequence, List<RawRecord> records) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Its row in the ledger, as JSON. */
    public String request() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sequence", sequence);
        row.put("requested_at", answer.begun().toString());
        row.put("url", answer.url());
        row.put("status", answer.status());
        row.put("attempts", answer.attempts());
        row.put("milliseconds", answer.milliseconds());
        row.put("bytes", answer.bytes());
        // A bad id is no place to go on from, and may hold what jsonb refuses.
        List<String> ids =
                records.stream().map(RawRecord::id).filter(ScrollWalk::isId).toList();
        row.put("first_key", ids.isEmpty() ? null : ids.get(0));
        row.put("last_key", ids.isEmpty() ? null : ids.get(ids.size() - 1));
        row.put("cursor_key", row.get("last_key"));
        row.put("records", records.size());
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
