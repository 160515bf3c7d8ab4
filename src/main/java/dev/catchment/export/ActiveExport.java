package dev.catchment.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.export.file.DcatFiles;
import dev.catchment.export.file.ParquetFile;
import dev.catchment.export.file.RowFile;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RunStart;
import dev.catchment.postgres.rows.RowStream;
import dev.catchment.postgres.rows.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An export while it is written. The moment that an unfinished one was of is gone with its process, so all is of a new one; but a
 * file whose tables hold what they did is what it would be if it were written anew, and is kept.
 */
public final class ActiveExport extends ExportRun {
    private static final String LEFT_OUT = "left out";
    private static final String NEXT =
            "the next export goes on from the files that are whole, as far as nothing has changed";

    private final ExportOrder order;
    private final ExportFolder folder;
    private final long memory;
    private final String publisher;
    private final List<String> kept = new ArrayList<>();
    private Snapshot snapshot;
    private String name;
    private Path part;
    private Manifest manifest;
    private FinishedFiles finished;
    private Map<String, Object> state;
    private Path published;

    ActiveExport(RunStart start, ExportOrder order, ExportFolder folder, long memory, String publisher) {
        super(start, NEXT);
        this.order = order;
        this.folder = folder;
        this.memory = memory;
        this.publisher = publisher;
    }

    /** Makes room for the files, beside those that an export that was interrupted left whole. @param held the snapshot that is read */
    public void open(Snapshot held) throws IOException {
        snapshot = held;
        name = name(held.takenAt());
        part = folder.begin();
        finished = new FinishedFiles(part, "%s, %s, %s".formatted(Manifest.program(), order.formats(), publisher));
        finished.removeOthers();
        manifest = new Manifest(part, name, start().run(), held.takenAt());
    }

    /** @param content a table, or a format of DCAT */
    public boolean wants(String content) {
        return content.startsWith("dcat-") ? order.formats().contains(content) : !forms().isEmpty();
    }

    /** Those that a table is written in. */
    private List<String> forms() {
        return order.formats().stream()
                .filter(format -> !format.startsWith("dcat-"))
                .toList();
    }

    /** The parameters of {@code export/find-state}. */
    public Map<String, Object> state(String content) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("content", content);
        parameters.put("since", finished.since(content));
        return parameters;
    }

    /** Whether a content has to be written: not if its files are there and would be the same. @param rows its state */
    public boolean lacks(String content, RowStream rows) throws IOException {
        requireGoingOn();
        try (rows) {
            state = rows.next();
        }
        List<ObjectNode> files = finished.ifSame(content, state);
        if (files.isEmpty()) {
            finished.forget(content);
            return true;
        }
        files.forEach(manifest::add);
        kept.add(content);
        if (content.startsWith("dcat-")) {
            tally().add("seen", rows(files, "all") + rows(files, LEFT_OUT));
            leaves(content, rows(files, LEFT_OUT));
        } else {
            tally().add("seen", rows(files, content));
        }
        return false;
    }

    private static long rows(List<ObjectNode> files, String content) {
        return files.stream()
                .filter(file -> file.path("content").asText().equals(content))
                .findFirst()
                .orElseThrow()
                .path("rows")
                .asLong();
    }

    /** Writes a content that is lacking. */
    public void write(String content, RowStream rows) throws IOException {
        List<ObjectNode> files = content.startsWith("dcat-") ? catalogues(content, rows) : table(content, rows);
        for (ObjectNode file : files) {
            ExportFolder.force(part.resolve(file.path("path").asText()));
        }
        finished.add(content, state, files);
    }

    /** Writes a table in every form that is wanted of it. */
    private List<ObjectNode> table(String table, RowStream rows) throws IOException {
        Map<String, String> columns = rows.types();
        List<String> forms = forms();
        List<ObjectNode> files = new ArrayList<>();
        // Parquet is made of the lines.
        boolean hasLines = forms.contains("ndjson") || forms.contains("parquet");
        Path lines = part.resolve(table + ".ndjson");
        Path csv = part.resolve(table + ".csv");
        long count = copy(rows, hasLines ? lines : null, forms.contains("csv") ? csv : null);
        if (forms.contains("parquet")) {
            Path parquet = part.resolve(table + ".parquet");
            new ParquetFile(columns, memory).write(lines, parquet);
            files.add(manifest.add(parquet, table, "parquet", count, columns));
        }
        if (forms.contains("csv")) {
            files.add(manifest.add(csv, table, "csv", count, columns));
        }
        if (forms.contains("ndjson")) {
            files.add(manifest.add(lines, table, "ndjson", count, columns));
        } else if (hasLines) {
            Files.delete(lines);
        }
        return files;
    }

    /** @param lines null if none are wanted @param csv the same @return how many rows there were */
    private long copy(RowStream rows, Path lines, Path csv) throws IOException {
        List<RowFile> files = new ArrayList<>();
        long count = 0;
        try (rows) {
            if (lines != null) {
                files.add(RowFile.lines(lines));
            }
            if (csv != null) {
                files.add(RowFile.csv(csv, rows.types().keySet()));
            }
            while (rows.hasNext()) {
                requireGoingOn();
                Map<String, Object> row = rows.next();
                for (RowFile file : files) {
                    file.write(row);
                }
                count++;
                tally().add("seen", 1);
            }
        } finally {
            for (RowFile file : files) {
                file.close();
            }
        }
        return count;
    }

    /** Writes catalogues of DCAT: one with all datasets, one a source, and a list of those that were left out. */
    private List<ObjectNode> catalogues(String format, RowStream rows) throws IOException {
        List<ObjectNode> written = new ArrayList<>();
        try (rows;
                DcatFiles files = DcatFiles.begin(format, part.resolve(format), publisher)) {
            while (rows.hasNext()) {
                requireGoingOn();
                files.write(rows.next());
                tally().add("seen", 1);
            }
            files.end();
            for (DcatFiles.Written file : files.written()) {
                written.add(manifest.add(file.path(), file.content(), file.format(), file.rows(), Map.of()));
            }
            leaves(format, files.leftOut());
        }
        return written;
    }

    private void leaves(String format, long leftOut) {
        tally().add("skipped", leftOut);
        if (leftOut > 0) {
            note("%,d datasets lack what %s requires, and are left out: see %s/left-out.ndjson."
                    .formatted(leftOut, format.toUpperCase(Locale.ROOT), format));
        }
    }

    /** Makes it seen. */
    public void publish() throws IOException {
        requireGoingOn();
        manifest.write();
        finished.end();
        published = folder.publish(part, name);
        if (!kept.isEmpty()) {
            note("Kept from an export that was interrupted, for nothing of it has changed: %s."
                    .formatted(String.join(", ", kept)));
        }
        note("Written to %s.".formatted(published));
    }

    /** The parameters of {@code export/update-run}. */
    public Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("seen", tally().get("seen"));
        counts.put("skipped", tally().get("skipped"));
        counts.put("bytes", manifest.bytes());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start().run());
        parameters.put("counts", BatchJson.text(counts));
        return parameters;
    }

    @Override
    public void close() throws IOException {
        try (folder;
                Snapshot held = snapshot) {
            snapshot = null;
            if (finished != null && published == null) {
                finished.leave();
            }
        }
    }

    @Override
    boolean hasPublished() {
        return published != null;
    }
}
