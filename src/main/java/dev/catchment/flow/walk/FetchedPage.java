package dev.catchment.flow.walk;

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
 * @param keys of its records, in their order, without those that are none
 * @param cursor where a run resumes after it; null if it does not say
 */
public record FetchedPage(HttpAnswer answer, int sequence, List<RawRecord> records, List<String> keys, String cursor) {
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
        row.put("first_key", keys.isEmpty() ? null : keys.get(0));
        row.put("last_key", keys.isEmpty() ? null : keys.get(keys.size() - 1));
        row.put("cursor_key", cursor);
        row.put("records", records.size());
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
