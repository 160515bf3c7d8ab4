package dev.catchment.harvest.source;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunEnd;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Begins the imports of sources of this process. */
public final class SourceImports {
    private final Kinds kinds;
    private final ActiveRuns running;
    private final long spread;

    /** @param spread milliseconds over which the first walks of what is imported are spread */
    public SourceImports(Kinds kinds, ActiveRuns running, long spread) {
        this.kinds = kinds;
        this.running = running;
        this.spread = spread;
    }

    public SourceImport begin(SourceOrder order, RunStart start) throws IOException {
        List<Kind> known = kinds.readable();
        AtomicLong read = new AtomicLong();
        long size = Files.size(order.file());
        SourceImport run = new SourceImport(order, start, SourceFile.open(order.file(), read), read, size, known);
        running.begun(run);
        return run;
    }

    /** Counts a batch before it is written, so that what is read is shown at once. */
    public void count(SourceImport run, SourceBatch batch) {
        run.counted(batch);
    }

    /**
     * The parameters of {@code harvest/upsert-sources} and {@code harvest/compare-sources}.
     *
     * @param again how often it was lost to a conflict and is written again; null: never
     */
    public Map<String, Object> parameters(SourceImport run, SourceBatch batch, Integer sequence, Integer again) {
        Map<String, Object> parameters =
                batch.parameters(run, sequence, run.order().file().getFileName().toString(), again);
        parameters.put("spread", spread);
        return parameters;
    }

    /** The parameters of {@code harvest/update-first-walks}. */
    public Map<String, Object> now() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("now", null);
        return parameters;
    }

    /** Whether a dropped file stays, to be gone on with: it was stopped, taken for dead, or failed for what was not its fault. */
    public boolean stays(Map<String, Object> summary, SourceImport run) {
        return RunEnd.isUnfinished(summary) || "failed".equals(summary.get("status")) && !run.isFileAtFault();
    }

    /** done or failed. */
    public String outcome(Map<String, Object> summary) {
        return "succeeded".equals(summary.get("status")) ? "done" : "failed";
    }
}
