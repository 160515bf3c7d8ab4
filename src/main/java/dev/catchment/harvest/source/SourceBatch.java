package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RejectRow;
import dev.catchment.flow.RequestRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sources on their way to one statement, with what was refused and how many were skipped. */
public final class SourceBatch {
    private final Instant begun = Instant.now();
    private final long begunAt = System.nanoTime();
    private final long readBefore;
    private final List<ObjectNode> sources = new ArrayList<>();
    private final List<RejectRow> rejects = new ArrayList<>();
    private int entries;
    private int skipped;
    private long read;
    private String first;
    private String last;

    SourceBatch(long readBefore) {
        this.readBefore = readBefore;
    }

    void accept(SourceEntry entry, ObjectNode source) {
        source.put("entry", entry.number());
        source.put("position", entry.position());
        source.put("record", entry.written());
        sources.add(source);
    }

    void reject(SourceEntry entry, BadRecord bad) {
        rejects.add(new RejectRow(entry.position(), bad.key(), bad.reason(), bad.getMessage(), entry.written()));
    }

    void skip() {
        skipped++;
    }

    void seen(SourceEntry entry, long readSoFar) {
        entries++;
        read = readSoFar;
        first = first == null ? entry.position() : first;
        last = entry.position();
    }

    int entries() {
        return entries;
    }

    public boolean isEmpty() {
        return entries == 0;
    }

    Map<String, Long> counts() {
        return Map.of(
                "seen", (long) entries,
                "rejected", (long) rejects.size(),
                "skipped", (long) skipped,
                "bytes", read - readBefore);
    }

    /** Of what it refused the first, for a dry run, which keeps none. */
    String firstReject() {
        return rejects.isEmpty()
                ? null
                : rejects.get(0).position() + ": " + rejects.get(0).message();
    }

    /** The parameters of {@code harvest/upsert-sources} and {@code harvest/compare-sources}. */
    Map<String, Object> parameters(SourceImport run, int sequence, String file, Integer again) {
        long took = (System.nanoTime() - begunAt) / 1_000_000;
        RequestRow request =
                new RequestRow(sequence, begun, file, 0, 1, took, read - readBefore, first, last, last, entries);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", run.start().run());
        parameters.put("sources", BatchJson.bytes(sources));
        parameters.put("activate", run.order().activate());
        parameters.put("rejects", BatchJson.text(rejects));
        parameters.put("request", BatchJson.text(request));
        parameters.put("skipped", skipped);
        parameters.put("again", again == null ? 0 : again);
        parameters.put("now", null);
        return parameters;
    }
}
