package dev.catchment.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;

/** {@code manifest.json}: what an export holds, and by what it is known to be whole. It is written last. */
final class Manifest {
    static final String FILE = "manifest.json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORM = 1;

    private final Path folder;
    private final ObjectNode manifest = JSON.createObjectNode();
    private final ArrayNode files = JSON.createArrayNode();
    private long bytes;

    /** @param takenAt the moment that all files are of */
    Manifest(Path folder, String export, Long run, Instant takenAt) {
        this.folder = folder;
        manifest.put("manifest", FORM)
                .put("export", export)
                .put("taken_at", takenAt.toString())
                .put("run", run)
                .put("program", program());
        manifest.set("files", files);
    }

    /**
     * A file that is written and closed.
     *
     * @param columns name and type of each; empty for what has no columns
     * @return its entry
     */
    ObjectNode add(Path file, String content, String format, long rows, Map<String, String> columns)
            throws IOException {
        long size = Files.size(file);
        ObjectNode entry = JSON.createObjectNode()
                .put("path", folder.relativize(file).toString().replace('\\', '/'))
                .put("content", content)
                .put("format", format)
                .put("rows", rows)
                .put("bytes", size)
                .put("sha256", hash(file));
        if (!columns.isEmpty()) {
            ArrayNode list = entry.putArray("columns");
            columns.forEach((name, type) -> list.addObject().put("name", name).put("type", type));
        }
        add(entry);
        return entry;
    }

    /** A file that was written before. @param entry its own */
    void add(ObjectNode entry) {
        files.add(entry);
        bytes += entry.path("bytes").asLong();
    }

    static String program() {
        String version = Manifest.class.getPackage().getImplementationVersion();
        return "catchment " + (version == null ? "in development" : version);
    }

    static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.hex(digest.digest());
    }

    /** Of all files. */
    long bytes() {
        return bytes;
    }

    void write() throws IOException {
        Files.writeString(folder.resolve(FILE), manifest.toPrettyString() + "\n");
    }
}
