package dev.catchment.export;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.export.file.DcatCatalogue;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunStart;
import dev.catchment.text.Sha256;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Begins exports as the settings say. */
public final class Exports {
    private final ActiveRuns running;
    private final Path folder;
    private final Set<String> formats;
    private final int keep;
    private final long memory;
    private final String publisher;
    private final LakeSettings lakes;

    /**
     * @param folder of exports for which no other is named
     * @param formats of those on schedule, separated by commas
     * @param keep so many exports stay in a folder
     * @param memory that Parquet is made in, in bytes
     * @param publisher of the catalogue that all sources are in, for DCAT
     * @param lakes how they are kept
     */
    public Exports(
            ActiveRuns running,
            String folder,
            String formats,
            int keep,
            long memory,
            String publisher,
            LakeSettings lakes) {
        this.running = running;
        this.folder = Path.of(folder);
        this.formats = ExportOrder.formats(formats);
        this.keep = keep;
        this.memory = memory;
        this.publisher = publisher;
        this.lakes = lakes;
    }

    /** What the schedule asks for. */
    public ExportOrder scheduled() {
        return new ExportOrder(formats, null, "timer");
    }

    /** What the schedule asks for. */
    public LakeOrder scheduledLake() {
        if (lakes.to().isEmpty()) {
            throw new PermanentFailure(
                    "export.lake.cron is set and export.lake.to is not. Name a lake, or leave both empty.");
        }
        return new LakeOrder(lakes.to(), false, "timer");
    }

    /**
     * What stands before the first dataset of a catalogue of DCAT.
     *
     * @param found its title, and its publisher if it is that of a source
     * @param address of all its pages
     */
    public String catalogue(String format, Map<String, Object> found, String address) {
        Object portal = found.get("publisher");
        return DcatCatalogue.begin(
                format, String.valueOf(found.get("title")), portal == null ? publisher : portal.toString(), address);
    }

    public ActiveExport begin(ExportOrder order, RunStart start) {
        Path to = order.to() == null ? folder : order.to();
        ActiveExport export =
                new ActiveExport(start, order, new ExportFolder(to.toAbsolutePath(), keep), memory, publisher);
        running.begun(export);
        return export;
    }

    public ActiveLake beginLake(LakeOrder order, RunStart start) {
        // What is put is made here first.
        Path room =
                folder.toAbsolutePath().resolve(".lake-" + Sha256.of(order.to()).substring(0, 16));
        ActiveLake lake = new ActiveLake(start, order, new ExportFolder(room, 1), lakes);
        running.begun(lake);
        return lake;
    }
}
