package dev.catchment.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.BadRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.ExchangeProperty;

/**
 * What happens to a batch before its statement. A record whose very bytes are held already is not even parsed; the
 * others are judged, each key once.
 */
public final class SeedWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory FACTORY = JSON.getFactory();

    private final SeedNormaliser normaliser = new SeedNormaliser();

    /** The parameters of {@code registry/find-held-records}. */
    public Map<String, Object> hashes(@ExchangeProperty("batch") NumberedBatch batch) {
        List<SeedRecord> records = batch.batch().records();
        return Map.of("hashes", records.stream().map(SeedWriter::hash).collect(Collectors.joining(",")));
    }

    private static String hash(SeedRecord record) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(record.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The parameters of {@code registry/upsert-batch} and {@code registry/find-held-keys}.
     *
     * @param hashes of the records, in their order, as asked for
     * @param rows of {@code registry/find-held-records}
     */
    public Map<String, Object> parameters(Seed seed, NumberedBatch batch, String hashes, List<Map<String, Object>> rows)
            throws IOException {
        Map<Object, String> known = rows.stream()
                .collect(Collectors.toMap(
                        row -> row.get("hash"), row -> row.get("kind") + " " + row.get("key"), (a, b) -> a));
        Judged judged = new Judged();
        String[] hash = hashes.split(",");
        List<SeedRecord> records = batch.batch().records();
        for (int i = 0; i < records.size(); i++) {
            String held = records.get(i).tooLarge() ? null : known.get(hash[i]);
            if (held != null) {
                judged.hold(held);
            } else {
                judge(records.get(i), hash[i], judged);
            }
        }
        return judged.parameters(seed, batch);
    }

    private void judge(SeedRecord record, String hash, Judged judged) throws IOException {
        try {
            judged.accept(normaliser.normalise(record), hash);
        } catch (BadRecord bad) {
            judged.reject(record, bad);
        }
    }

    /** What has become of the records of one batch. */
    private static final class Judged {
        private final Map<String, Map.Entry<Input, String>> accepted = new LinkedHashMap<>();
        private final java.util.ArrayList<Map<String, Object>> rejects = new java.util.ArrayList<>();
        private final Set<String> unchanged = new HashSet<>();
        private long skipped;
        private int bytes;

        /** Of a key that comes twice the later one stays. */
        void accept(Input input, String hash) {
            String key = input.kind() + " " + input.key();
            boolean earlier = unchanged.remove(key) | accepted.put(key, Map.entry(input, hash)) != null;
            skipped += earlier ? 1 : 0;
            bytes += input.record().bytes().length;
        }

        /** It is held as it is, so nothing is to be written, nor what came before it under the same key. */
        void hold(String key) {
            boolean earlier = accepted.remove(key) != null | !unchanged.add(key);
            skipped += earlier ? 1 : 0;
        }

        void reject(SeedRecord record, BadRecord bad) {
            Map<String, Object> reject = new LinkedHashMap<>();
            reject.put("position", record.position());
            reject.put("key", bad.key());
            reject.put("reason", bad.reason());
            reject.put("message", bad.getMessage());
            reject.put("record", new String(record.bytes(), StandardCharsets.UTF_8).replace("\0", "\\u0000"));
            rejects.add(reject);
        }

        Map<String, Object> parameters(Seed seed, NumberedBatch batch) throws IOException {
            seed.tally().add("seen", accepted.size() + rejects.size() + unchanged.size());
            seed.tally().add("rejected", rejects.size());
            seed.tally().add("skipped", skipped);
            if (seed.start().isDryRun()) {
                seed.tally().add("unchanged", unchanged.size()); // a run has it from its statement
            }
            seed.tally().add("bytes", batch.batch().bytes());
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("run", seed.start().run());
            parameters.put("records", records());
            parameters.put("rejects", JSON.writeValueAsString(rejects));
            parameters.put("request", request(seed, batch));
            parameters.put("unchanged", (long) unchanged.size());
            parameters.put("skipped", skipped);
            parameters.put("now", null);
            return parameters;
        }

        private byte[] records() {
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes + 1000 * accepted.size() + 16);
            try (JsonGenerator json = FACTORY.createGenerator(out)) {
                json.writeStartArray();
                for (var each : accepted.values()) {
                    each.getKey().write(json, out, each.getValue());
                }
                json.writeEndArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }

        private static String request(Seed seed, NumberedBatch batch) throws IOException {
            List<SeedRecord> records = batch.batch().records();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("sequence", batch.sequence());
            row.put("requested_at", java.time.Instant.now().toString());
            row.put("url", "file:" + seed.file().name());
            row.put("status", 200);
            row.put("attempts", 1);
            row.put("milliseconds", 0);
            row.put("bytes", batch.batch().bytes());
            row.put("first_key", String.valueOf(records.get(0).index()));
            row.put("last_key", String.valueOf(records.get(records.size() - 1).index()));
            row.put("records", records.size());
            return JSON.writeValueAsString(row);
        }
    }
}
