package dev.catchment.registry;

import dev.catchment.flow.BadRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private final SeedNormaliser normaliser = new SeedNormaliser();

    /** The hashes of a batch, in the order of its records, separated by commas. */
    public String hashes(@ExchangeProperty("batch") NumberedBatch batch) {
        return batch.batch().records().stream().map(SeedWriter::hash).collect(Collectors.joining(","));
    }

    /** The parameters of {@code registry/find-held-records}; where the rows are to be compared, no hash is trusted. */
    public Map<String, Object> known(
            @ExchangeProperty("order") SeedOrder order,
            @ExchangeProperty("seed") Seed seed,
            @ExchangeProperty("hashes") String hashes) {
        boolean compare = order.dryRun() || order.force() || seed.mayHaveOrphans();
        return Map.of("hashes", compare ? "" : hashes);
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
            throws IOException, InterruptedException {
        Map<Object, String> known = rows.stream()
                .collect(Collectors.toMap(
                        row -> row.get("hash"), row -> row.get("kind") + " " + row.get("key"), (a, b) -> a));
        Judged judged = judge(batch, hashes, known);
        Set<String> shared = seed.awaitTurn(batch.sequence(), judged.keys());
        boolean stale = known.values().removeIf(shared::contains);
        return (stale ? judge(batch, hashes, known) : judged).parameters(seed, batch);
    }

    private Judged judge(NumberedBatch batch, String hashes, Map<Object, String> known) throws IOException {
        Judged judged = new Judged();
        String[] hash = hashes.split(",");
        List<SeedRecord> records = batch.batch().records();
        for (int i = 0; i < records.size(); i++) {
            String held = records.get(i).tooLarge() ? null : known.get(hash[i]);
            if (held != null && !judged.isAccepted(held)) {
                judged.hold(held);
            } else {
                judge(records.get(i), hash[i], judged);
            }
        }
        return judged;
    }

    private void judge(SeedRecord record, String hash, Judged judged) throws IOException {
        try {
            judged.accept(normaliser.normalise(record), hash);
        } catch (BadRecord bad) {
            judged.reject(record, bad);
        }
    }
}
