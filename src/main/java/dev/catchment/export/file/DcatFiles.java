package dev.catchment.export.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Catalogues of DCAT, made of datasets in the order of their sources: {@code all} with every dataset, {@code sources/<name>} of
 * each source, and {@code left-out.ndjson}, which says of each dataset that cannot be in them what it lacks.
 */
public final class DcatFiles implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String format;
    private final Path folder;
    private final BufferedWriter leftOut;
    private final Open all;
    private final List<Written> written = new ArrayList<>();
    private Open source;
    private String of;
    private long without;

    /** A file that is whole. @param content what is in it: dcat-us, dcat-us of a source, or what was left out */
    public record Written(Path path, String content, String format, long rows) {}

    private final class Open implements Closeable {
        private final Path path;
        private final String content;
        private final BufferedWriter out;
        private long rows;

        Open(Path path, String content, String title, String publisher) throws IOException {
            this.path = path;
            this.content = content;
            this.out = Files.newBufferedWriter(path);
            out.write(DcatCatalogue.begin(format, title, publisher));
        }

        void add(String document) throws IOException {
            out.write(rows == 0 ? "\n" : ",\n");
            out.write(document);
            rows++;
        }

        void end() throws IOException {
            out.write(DcatCatalogue.end());
            out.close();
            written.add(new Written(path, content, format, rows));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private DcatFiles(String format, Path folder, String publisher) throws IOException {
        this.format = format;
        this.folder = folder;
        Files.createDirectories(folder.resolve("sources"));
        this.leftOut = Files.newBufferedWriter(folder.resolve("left-out.ndjson"));
        this.all = new Open(folder.resolve("all" + ending()), "all", "All sources", publisher);
    }

    /** @param publisher of the catalogue with every dataset; that of a source is its portal */
    public static DcatFiles begin(String format, Path folder, String publisher) throws IOException {
        return new DcatFiles(format, folder, publisher);
    }

    private String ending() {
        return format.equals("dcat-ap") ? ".jsonld" : ".json";
    }

    /** @param row of {@code export/list-dcat-us} or {@code export/list-dcat-ap} */
    public void write(Map<String, Object> row) throws IOException {
        String name = (String) row.get("source");
        if (!name.equals(of)) {
            endSource();
            of = name;
            String title = (String) row.get("source_title");
            source = new Open(folder.resolve("sources").resolve(name + ending()), "source " + name, title, title);
        }
        if (row.get("document") == null) {
            without++;
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("source", name);
            line.put("key", row.get("key"));
            line.put("title", row.get("title"));
            line.put("lacks", row.get("problem"));
            leftOut.write(JSON.writeValueAsString(line) + "\n");
        } else {
            String document = row.get("document").toString();
            all.add(document);
            source.add(document);
        }
    }

    private void endSource() throws IOException {
        if (source != null) {
            source.end();
            source = null;
        }
    }

    /** All datasets were written. */
    public void end() throws IOException {
        endSource();
        all.end();
        leftOut.close();
        written.add(new Written(folder.resolve("left-out.ndjson"), "left out", "ndjson", without));
    }

    public List<Written> written() {
        return List.copyOf(written);
    }

    /** How many datasets lack what is required. */
    public long leftOut() {
        return without;
    }

    @Override
    public void close() throws IOException {
        try (leftOut;
                all;
                Open open = source) {
            source = null;
        }
    }
}
