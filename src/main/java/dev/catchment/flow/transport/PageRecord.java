package dev.catchment.flow.transport;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A fetched and judged page on its way to a writer that may be another node: what the statement that commits it takes, and nothing
 * else. No secret, no class of ours; JSON, whose texts are those parameters as they are.
 *
 * @param version of this form
 * @param database whose run it is, as {@code ops/find-database} has it
 * @param source row of the source, where it has one
 * @param part what of each record is kept; null: all
 * @param records JSON: an array
 * @param raws the records as they came, one after the other
 * @param rejects JSON: an array
 * @param request JSON: its row in the ledger
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PageRecord(
        int version,
        String database,
        long run,
        int sequence,
        String scope,
        Long source,
        String part,
        int skipped,
        String request,
        String rejects,
        String records,
        String raws) {
    static final int VERSION = 1;
    /** The setting kafka.pages.max-size bounds it; a page that was sent can be read. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static PageRecord of(byte[] bytes) {
        PageRecord read;
        try {
            read = JSON.readValue(bytes, PageRecord.class);
        } catch (IOException e) {
            throw new PermanentFailure("A record of a topic of pages is none: " + e.getMessage());
        }
        return read;
    }

    /** The parameters of the statement that commits it. */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("database", database);
        parameters.put("run", run);
        parameters.put("scope", scope);
        parameters.put("source", source);
        parameters.put("part", part);
        parameters.put("records", records.getBytes(StandardCharsets.UTF_8));
        parameters.put("raws", raws.getBytes(StandardCharsets.UTF_8));
        parameters.put("rejects", rejects);
        parameters.put("request", request);
        parameters.put("skipped", skipped);
        parameters.put("now", null);
        return parameters;
    }
}
