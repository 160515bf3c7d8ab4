package dev.catchment.registry;

import dev.catchment.flow.BadRecord;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RejectRow;
import dev.catchment.flow.RequestRow;
import dev.catchment.flow.Tally;
import dev.catchment.registry.file.SeedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has become of the records of one batch. */
public final class BatchResult {
    /** Bytes of a refused record that are kept: as text, as JSON and as a parameter it takes many times its own room. */
    private static final int MOST_KEPT = 1 << 20;

    private final Map<String, Map.Entry<SeedItem, String>> accepted = new LinkedHashMap<>();
    private final List<RejectRow> rejects = new ArrayList<>();
    private final Set<String> unchanged = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private long skipped;

    /**
     * Of a key that comes twice the later one stays, with the greatest updated_at of all. One whose source may not be
     * there takes no other's place: whether it can be used is judged first, and then the last of those that can stays.
     */
    void accept(SeedItem input, String hash) {
        var before = accepted.remove(input.place());
        SeedItem latest = before == null ? input : input.updatedNotBefore(before.getKey());
        accepted.put(input.place(), Map.entry(latest, hash));
        written.add(input.keyed());
        boolean earlier = (input.isSure() && unchanged.remove(input.keyed())) | before != null;
        skipped += earlier ? 1 : 0;
    }

    /** Whether one of this key came before and is to be written: the next one has to be looked at, whatever is held. */
    boolean isAccepted(String key) {
        return written.contains(key);
    }

    /** It is held as it is, so nothing is to be written. */
    void hold(String key) {
        skipped += unchanged.add(key) ? 0 : 1;
    }

    /** Of all that can be stored, with its kind. */
    Set<String> keys() {
        Set<String> keys = new HashSet<>(written);
        keys.addAll(unchanged);
        return keys;
    }

    void reject(SeedRecord record, BadRecord bad) {
        int length = record.bytes().length;
        String text = new String(record.bytes(), 0, Math.min(length, MOST_KEPT), StandardCharsets.UTF_8);
        String cut = " Of its %,d bytes the first %,d are kept.".formatted(length, MOST_KEPT);
        rejects.add(new RejectRow(
                record.position(), bad.key(), bad.reason(), bad.getMessage() + (length > MOST_KEPT ? cut : ""), text));
    }

    /** Counts them before they are written. */
    void count(Tally tally) {
        tally.add("seen", accepted.size() + rejects.size() + unchanged.size());
        tally.add("rejected", rejects.size());
        tally.add("skipped", skipped);
    }

    Map<String, Object> parameters(Seed seed, SeedBatch.Numbered batch, Integer again) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("run", seed.start().run());
        parameters.put("records", records());
        parameters.put("raws", raws());
        parameters.put("rejects", BatchJson.text(rejects));
        parameters.put("request", BatchJson.text(request(seed, batch)));
        parameters.put("unchanged", (long) unchanged.size());
        parameters.put("skipped", skipped);
        parameters.put("again", again == null ? 0 : again);
        parameters.put("now", null);
        return parameters;
    }

    private byte[] records() {
        List<SeedItem.Row> rows = new ArrayList<>(accepted.size());
        int from = 1;
        for (var each : accepted.values()) {
            rows.add(each.getKey().row(each.getValue(), from));
            from += each.getKey().record().bytes().length;
        }
        return BatchJson.bytes(rows);
    }

    /** The accepted records themselves, one after the other: nobody has to write or read them as part of other JSON. */
    private byte[] raws() {
        ByteBuffer raws = ByteBuffer.allocate(accepted.values().stream()
                .mapToInt(each -> each.getKey().record().bytes().length)
                .sum());
        accepted.values().forEach(each -> raws.put(each.getKey().record().bytes()));
        return raws.array();
    }

    private static RequestRow request(Seed seed, SeedBatch.Numbered batch) {
        List<SeedRecord> records = batch.batch().records();
        String last = String.valueOf(records.get(records.size() - 1).index());
        return new RequestRow(
                batch.sequence(),
                Instant.now(),
                "file:" + seed.file().name(),
                200,
                1,
                0,
                batch.batch().bytes(),
                String.valueOf(records.get(0).index()),
                last,
                last,
                records.size());
    }
}
