package dev.catchment.registry;

import dev.catchment.flow.BadRecord;
import dev.catchment.registry.file.SeedRecord;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happens to a batch before its statement. A record whose very bytes are held already is not even parsed; the
 * others are judged, each key once.
 */
public final class SeedWriter {
    private final SeedNormaliser normaliser = new SeedNormaliser();

    /** The hashes of a batch, in the order of its records, separated by commas. */
    public String hashes(SeedBatch.Numbered batch) {
        return batch.batch().records().stream()
                .map(record -> Sha256.of(record.bytes()))
                .collect(Collectors.joining(","));
    }

    /** The parameters of {@code registry/find-held-records}; where the rows are to be compared, no hash is trusted. */
    public Map<String, Object> known(SeedOrder order, Seed seed, String hashes) {
        boolean compare = order.dryRun() || order.force() || seed.mayHaveOrphans();
        return Map.of("hashes", compare ? "" : hashes);
    }

    /**
     * Judges the records of a batch.
     *
     * @param hashes of the records, in their order, as asked for
     * @param held rows of {@code registry/find-held-records}
     */
    public BatchResult judge(SeedBatch.Numbered batch, String hashes, List<Map<String, Object>> held)
            throws IOException {
        return judge(batch, hashes, known(held));
    }

    /**
     * Judges them once more if a batch just before it wrote what was asked for too early.
     *
     * @param shared the keys that those batches hold too
     */
    public BatchResult judgeAgain(
            BatchResult judged,
            SeedBatch.Numbered batch,
            String hashes,
            List<Map<String, Object>> held,
            Set<String> shared)
            throws IOException {
        Map<Object, String> known = known(held);
        return known.values().removeIf(shared::contains) ? judge(batch, hashes, known) : judged;
    }

    /** Waits for the turn of a batch. @return the keys that it shares with batches just before it */
    public Set<String> awaitTurn(Seed seed, SeedBatch.Numbered batch, BatchResult judged) throws InterruptedException {
        return seed.awaitTurn(batch.sequence(), judged.keys());
    }

    /** Counts a batch before it is written. */
    public void count(Seed seed, SeedBatch.Numbered batch, BatchResult judged) {
        judged.count(seed.tally());
        seed.tally().add("bytes", batch.batch().bytes());
    }

    /**
     * The parameters of {@code registry/upsert-batch} and {@code registry/find-held-keys}.
     *
     * @param again how often it was lost to a conflict and is written again; null: never
     */
    public Map<String, Object> parameters(Seed seed, SeedBatch.Numbered batch, BatchResult judged, Integer again)
            throws IOException {
        return judged.parameters(seed, batch, again);
    }

    private static Map<Object, String> known(List<Map<String, Object>> held) {
        return held.stream()
                .collect(Collectors.toMap(
                        row -> row.get("hash"), row -> row.get("kind") + " " + row.get("key"), (a, b) -> a));
    }

    private BatchResult judge(SeedBatch.Numbered batch, String hashes, Map<Object, String> known) throws IOException {
        BatchResult judged = new BatchResult();
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

    private void judge(SeedRecord record, String hash, BatchResult judged) throws IOException {
        try {
            judged.accept(normaliser.normalise(record), hash);
        } catch (BadRecord bad) {
            judged.reject(record, bad);
        }
    }
}
