package dev.catchment.cli.catalog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** An index file being written, a record at a time. */
final class IndexFile {
    private final Rows sourceRows;
    private final Rows assetRows;
    private long sources;
    private long assets;

    /** Gives every row, one after the other; each has its record as JSON text. */
    interface Rows {
        void each(Consumer<Map<String, Object>> take);
    }

    IndexFile(Rows sourceRows, Rows assetRows) {
        this.sourceRows = sourceRows;
        this.assetRows = assetRows;
    }

    long sources() {
        return sources;
    }

    long assets() {
        return assets;
    }

    void write(OutputStream to, boolean ndjson) throws IOException {
        OutputStream out = new BufferedOutputStream(to, 1 << 16);
        print(out, ndjson ? "" : "{\"sources\": [");
        sourceRows.each(row -> print(out, separator(ndjson, sources++) + record(row, ndjson)));
        print(out, ndjson ? (sources > 0 ? "\n" : "") : "\n], \"assets\": [");
        assetRows.each(row -> print(out, separator(ndjson, assets++) + record(row, false)));
        print(out, ndjson ? (assets > 0 ? "\n" : "") : "\n]}\n");
        out.flush();
    }

    private static String separator(boolean ndjson, long before) {
        return before == 0 ? (ndjson ? "" : "\n") : ndjson ? "\n" : ",\n";
    }

    /** A line that is a source says so; an asset is the API's own record, which comes back from the registry as it is. */
    private static String record(Map<String, Object> row, boolean named) {
        String record = (String) row.get("record");
        return named ? "{\"type\": \"source\", " + record.substring(1) : record;
    }

    private static void print(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
