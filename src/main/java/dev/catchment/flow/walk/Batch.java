package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The records of one page, ready for one statement: each key once, and what had to be refused. */
public final class Batch {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, RecordOutcome.Accepted> accepted = new LinkedHashMap<>();
    private final List<RecordOutcome.Rejected> rejected = new ArrayList<>();
    private int skipped;
    private int rawBytes;

    void add(RecordOutcome outcome) {
        if (outcome instanceof RecordOutcome.Rejected refused) {
            rejected.add(refused);
            return;
        }
        RecordOutcome.Accepted one = (RecordOutcome.Accepted) outcome;
        RecordOutcome.Accepted other = accepted.get(one.record().id());
        if (other == null || one.isNewerThan(other)) {
            accepted.put(one.record().id(), one);
        }
        skipped += other == null ? 0 : 1;
        rawBytes += one.raw().length();
    }

    /** The keys that were there, those of rejected records too. */
    Set<String> seen() {
        Set<String> seen = new HashSet<>(accepted.keySet());
        rejected.stream()
                .map(RecordOutcome.Rejected::key)
                .filter(Objects::nonNull)
                .forEach(seen::add);
        return seen;
    }

    int accepted() {
        return accepted.size();
    }

    int rejected() {
        return rejected.size();
    }

    int skipped() {
        return skipped;
    }

    /** The records as a JSON array in UTF-8, each with its own bytes as {@code raw}: megabytes, never made a string. */
    byte[] records() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(rawBytes + accepted.size() * 1500 + 16);
        out.write('[');
        String comma = "";
        for (RecordOutcome.Accepted each : accepted.values()) {
            out.writeBytes(comma.getBytes(StandardCharsets.US_ASCII));
            each.write(out);
            comma = ",";
        }
        out.write(']');
        return out.toByteArray();
    }

    /** The rejects as a JSON array of {position, key, reason, message, record}. */
    String rejects(int page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (RecordOutcome.Rejected each : rejected) {
                each.write(json, page);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
