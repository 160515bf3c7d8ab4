package dev.catchment.export;

import dev.catchment.errors.TransientFailure;
import dev.catchment.export.file.DcatFiles;
import dev.catchment.export.file.ParquetFile;
import dev.catchment.export.file.RowFile;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.RunStart;
import dev.catchment.postgres.rows.RowStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An export while it is written. It begins at the beginning always, for the moment that an unfinished one was of is gone with
 * its process.
 */
public final class ActiveExport extends ActiveRun {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ExportOrder order;
    private final ExportFolder folder;
    private final long memory;
    private final String publisher;
    private Closeable snapshot;
    private String name;
    private Path part;
    private Manifest manifest;
    private Path published;

    ActiveExport(RunStart start, ExportOrder order, ExportFolder folder, long memory, String publisher) {
        super(start, 1);
        this.order = order;
        this.folder = folder;
        this.memory = memory;
        this.publisher = publisher;
    }

    /** Makes room for the files. @param held the snapshot that is read, closed with this @param rows one: the moment it is of */
    public void open(Closeable held, RowStream rows) throws IOException {
        snapshot = held;
        Instant takenAt = ((Date) rows.next().get("taken_at")).toInstant();
        rows.close();
        name = "%s-%d".formatted(NAME.format(takenAt), start().run());
        part = folder.begin(name);
        manifest = new Manifest(part, name, start().run(), takenAt);
    }

    public boolean hasTables() {
        return order.formats().stream().anyMatch(format -> !format.startsWith("dcat-"));
    }

    public boolean wants(String format) {
        return order.formats().contains(format);
    }

    /** Writes a table in every form that is wanted of it. */
    public void table(String table, RowStream rows) throws IOException {
        Map<String, String> columns = rows.types();
        List<String> forms = order.formats().stream()
                .filter(format -> !format.startsWith("dcat-"))
                .toList();
        // Parquet is made of the lines.
        boolean hasLines = forms.contains("ndjson") || forms.contains("parquet");
        Path lines = part.resolve(table + ".ndjson");
        Path csv = part.resolve(table + ".csv");
        long count = copy(rows, hasLines ? lines : null, forms.contains("csv") ? csv : null);
        if (forms.contains("parquet")) {
            Path parquet = part.resolve(table + ".parquet");
            new ParquetFile(columns, memory).write(lines, parquet);
            manifest.add(parquet, table, "parquet", count, columns);
        }
        if (forms.contains("csv")) {
            manifest.add(csv, table, "csv", count, columns);
        }
        if (forms.contains("ndjson")) {
            manifest.add(lines, table, "ndjson", count, columns);
        } else if (hasLines) {
            Files.delete(lines);
        }
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
    public void catalogues(String format, RowStream rows) throws IOException {
        try (rows;
                DcatFiles files = DcatFiles.begin(format, part.resolve(format), publisher)) {
            while (rows.hasNext()) {
                requireGoingOn();
                files.write(rows.next());
                tally().add("seen", 1);
            }
            files.end();
            for (DcatFiles.Written file : files.written()) {
                manifest.add(file.path(), file.content(), file.format(), file.rows(), Map.of());
            }
            tally().add("skipped", files.leftOut());
            if (files.leftOut() > 0) {
                note("%,d datasets lack what %s requires, and are left out: see %s/left-out.ndjson."
                        .formatted(files.leftOut(), format.toUpperCase(Locale.ROOT), format));
            }
        }
    }

    private void requireGoingOn() {
        if (isStopping()) {
            throw new TransientFailure("The export was stopped.");
        }
    }

    /** Makes it seen. */
    public void publish() throws IOException {
        requireGoingOn();
        manifest.write();
        published = folder.publish(name);
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
                Closeable held = snapshot) {
            snapshot = null;
        }
    }

    @Override
    protected boolean isAtEnd() {
        return published != null;
    }

    @Override
    public boolean isComplete() {
        return published != null && !isFailed();
    }

    @Override
    protected String reads() {
        return "the catalogue";
    }

    @Override
    protected String cursor() {
        return null;
    }

    @Override
    public String resumption() {
        return "the next export starts over";
    }
}
