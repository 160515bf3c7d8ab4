package dev.catchment.registry;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunEnd;
import dev.catchment.flow.RunStart;
import dev.catchment.registry.file.SeedFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Begins and ends the seeds of this process. */
public final class Seeds {
    private final int batchSize;
    private final int concurrency;
    private final int maxRecord;
    private final ActiveRuns running;

    /** @param maxRecord bytes of the largest record that is read */
    public Seeds(int batchSize, int concurrency, int maxRecord, ActiveRuns running) {
        this.batchSize = batchSize;
        this.concurrency = concurrency;
        this.maxRecord = maxRecord;
        this.running = running;
    }

    public SeedFile read(SeedOrder order) {
        return SeedFile.of(order.file());
    }

    /** Whether this very content was seeded before and is not asked for again. @param rows of registry/find-file */
    public boolean isKnown(SeedOrder order, List<Map<String, Object>> rows) {
        return !rows.isEmpty() && !order.force() && !order.dryRun();
    }

    /** The summary of a file that was seeded before, in the shape of {@code ops/close-run}. */
    public Map<String, Object> knownSummary(SeedFile file, Map<String, Object> row) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.putAll(Map.of("run", row.get("run_id"), "room", "registry", "flow", "seed", "scope", file.sha256()));
        summary.putAll(Map.of("mode", "known", "status", "succeeded", "seconds", 0));
        for (String count : List.of(
                "seen", "added", "updated", "unchanged", "retired", "restored", "rejected", "skipped", "bytes")) {
            summary.put(count, 0L);
        }
        summary.put("cursor", null);
        summary.put("error", null);
        summary.put(
                "note",
                "%s was seeded before, at %s as %s; --force seeds it again."
                        .formatted(file.name(), row.get("seeded_at"), row.get("name")));
        return summary;
    }

    public Seed begin(SeedFile file, RunStart start) {
        Seed seed = new Seed(file, start, batchSize, concurrency, maxRecord);
        running.begun(seed);
        return seed;
    }

    /** The parameters of {@code registry/update-file-path}. */
    public Map<String, Object> movedTo(SeedFile file, Path target) {
        return Map.of("sha256", file.sha256(), "path", target.toString());
    }

    /** Whether a dropped file stays, to be gone on with: the seed was stopped, taken for dead, or failed for what was not its fault. */
    public boolean stays(Map<String, Object> summary, Seed seed) {
        boolean fault = seed != null && seed.isFileAtFault();
        return RunEnd.isUnfinished(summary) || ("failed".equals(summary.get("status")) && !fault);
    }

    /** done or failed. */
    public String outcome(Map<String, Object> summary) {
        return "succeeded".equals(summary.get("status")) ? "done" : "failed";
    }

    /** What is to be put beside a file. @param run the last one over it; null if it has none */
    public SeedReport report(Path beside, Long run) {
        return new SeedReport(beside, run);
    }

    /** The parameters of {@code registry/merge-orphans}. */
    public Map<String, Object> settling(Seed seed) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", seed.start().run());
        parameters.put("now", null);
        return parameters;
    }
}
