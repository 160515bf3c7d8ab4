package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.kind.Kind;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Records in the order of a value, which several may share: a page from that value on brings some of them again. */
final class SameBound {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** So many keys are kept at the most; more come again as duplicates. */
    private static final int MOST = 10_000;

    private final JsonPointer pointer;

    SameBound(String pointer) {
        this.pointer = JsonPointer.compile(pointer);
    }

    /** The value of the last record; null if it has none. */
    String last(List<RawRecord> records) {
        return records.isEmpty() ? null : of(records.get(records.size() - 1));
    }

    /** Null if there is none, or the record cannot be read: it is rejected later, with that reason. */
    private String of(RawRecord record) {
        try {
            JsonNode value = JSON.readTree(record.page(), record.offset(), record.length())
                    .at(pointer);
            return value.isValueNode() && !value.isNull() ? value.asText() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The keys that come again. @param before those of the pages before with the same bound; null if there are none */
    List<String> held(List<RawRecord> records, String bound, List<String> before) {
        List<String> keys = new ArrayList<>(before == null ? List.of() : before);
        for (RawRecord record : records) {
            if (record.key() != null && bound.equals(of(record))) {
                keys.add(record.key());
            }
        }
        return keys.size() > MOST ? null : keys;
    }

    static List<RawRecord> without(List<RawRecord> records, List<String> held) {
        if (held == null || held.isEmpty()) {
            return records;
        }
        Set<String> known = Set.copyOf(held);
        return records.stream()
                .filter(record -> record.key() == null || !known.contains(record.key()))
                .toList();
    }

    /** What two pages of the same records have in common, and no others. */
    static String fingerprint(List<RawRecord> records) {
        StringBuilder keys = new StringBuilder();
        records.forEach(record ->
                keys.append(record.key() == null ? record.text() : record.key()).append('\n'));
        return Sha256.of(keys.toString());
    }

    /** Rows whose key another one of them has. @param key of the kind */
    static long twins(List<RawRecord> records, Kind.Key key) {
        List<String> keys = records.stream()
                .map(RawRecord::key)
                .filter(Objects::nonNull)
                .map(key::normalised)
                .toList();
        return keys.size() - Set.copyOf(keys).size();
    }
}
