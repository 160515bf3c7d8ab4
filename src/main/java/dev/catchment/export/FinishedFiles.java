package dev.catchment.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files of an export that is not whole are whole, as {@code .finished.json} beside them says: of each content its files as
 * the manifest lists them, and the state of the tables that they were made of. It is written anew whenever a content is on disk.
 */
final class FinishedFiles {
    private static final String FILE = ".finished.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final ObjectNode contents;
    private final ObjectNode whole = JSON.createObjectNode();

    /**
     * Looks for what an export that was interrupted left in a folder, and keeps of it what is as its record says.
     *
     * @param madeBy the program and all that files depend on beside the database; what another one wrote is not kept
     */
    FinishedFiles(Path folder, String madeBy) throws IOException {
        this.folder = folder;
        JsonNode left = read(folder.resolve(FILE));
        contents = whole.put("made_by", madeBy).putObject("contents");
        if (left.path("made_by").asText().equals(madeBy)) {
            for (Map.Entry<String, JsonNode> content : left.path("contents").properties()) {
                if (isWhole(content.getValue().path("files"))) {
                    contents.set(content.getKey(), content.getValue());
                }
            }
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException notThere) {
            return JSON.missingNode();
        }
    }

    private boolean isWhole(JsonNode files) throws IOException {
        for (JsonNode file : files) {
            Path path = folder.resolve(file.path("path").asText());
            if (!Files.isRegularFile(path)
                    || !Manifest.hash(path).equals(file.path("sha256").asText())) {
                return false;
            }
        }
        return true;
    }

    /** The state that the files of a content were made in; null if there are none. */
    String since(String content) {
        return contents.path(content).path("since").asText(null);
    }

    /**
     * The files of a content, as the manifest lists them, if they would be the same now; else none.
     *
     * @param state of its tables now, a row of {@code export/find-state}
     */
    List<ObjectNode> ifSame(String content, Map<String, Object> state) {
        JsonNode found = contents.path(content);
        boolean isSame = found.path("origin").asText().equals(state.get("origin"))
                && found.path("rows").asLong() == (Long) state.get("rows")
                && (Long) state.get("newer") == 0;
        List<ObjectNode> files = new ArrayList<>();
        if (isSame) {
            found.path("files").forEach(file -> files.add((ObjectNode) file));
        }
        return files;
    }

    /** Begins a content anew. */
    void forget(String content) throws IOException {
        contents.remove(content);
        removeOthers();
    }

    /** The files of a content are written and forced to disk. @param state of its tables, as these were read */
    void add(String content, Map<String, Object> state, List<ObjectNode> files) throws IOException {
        ArrayNode list = contents.putObject(content)
                .put("origin", (String) state.get("origin"))
                .put("since", (String) state.get("since"))
                .put("rows", (Long) state.get("rows"))
                .putArray("files");
        files.forEach(list::add);
        Path next = folder.resolve(FILE + ".next");
        Files.writeString(next, whole.toString());
        ExportFolder.force(next);
        Files.move(next, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        ExportFolder.force(folder);
    }

    /** The export is whole: its manifest says the same from now on. */
    void end() throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }

    /** The export is not whole: what is whole of it stays for the next one. */
    void leave() throws IOException {
        removeOthers();
        if (contents.isEmpty()) {
            ExportFolder.remove(folder, Set.of());
        }
    }

    /** Removes what does not belong to a content that is whole. */
    void removeOthers() throws IOException {
        Set<Path> kept = new HashSet<>(Set.of(folder, folder.resolve(FILE)));
        for (JsonNode content : contents) {
            for (JsonNode file : content.path("files")) {
                for (Path path = folder.resolve(file.path("path").asText());
                        !path.equals(folder);
                        path = path.getParent()) {
                    kept.add(path);
                }
            }
        }
        ExportFolder.remove(folder, kept);
    }
}
