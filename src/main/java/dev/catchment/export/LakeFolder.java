package dev.catchment.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A folder as a lake: what a bucket does, so that a file is there whole or not at all. */
public final class LakeFolder {
    /** @return null if it is not there */
    public String get(Path folder, String key) throws IOException {
        try {
            return Files.readString(folder.resolve(key));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** How large a file is, and its hash; null if it is not there. */
    public Map<String, Object> find(Path folder, String key) throws IOException {
        Path file = folder.resolve(key);
        return Files.isRegularFile(file) ? Map.of("bytes", Files.size(file), "sha256", Manifest.hash(file)) : null;
    }

    public void put(Path folder, LakeObject object) throws IOException {
        Path file = folder.resolve(object.key());
        Path place = Files.createDirectories(file.getParent());
        // Readers of a folder leave out what begins so.
        Path next = place.resolve("." + file.getFileName() + ".part");
        Files.copy(object.file(), next, StandardCopyOption.REPLACE_EXISTING);
        ExportFolder.force(next);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        ExportFolder.force(place);
    }

    /** Removes a file, and the folders that are empty without it. */
    public void delete(Path folder, String key) throws IOException {
        Path file = folder.resolve(key);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".part"));
        Files.deleteIfExists(file);
        for (Path place = file.getParent(); !place.equals(folder) && isEmpty(place); place = place.getParent()) {
            Files.deleteIfExists(place);
        }
    }

    private static boolean isEmpty(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return true;
        }
        try (var files = Files.list(place)) {
            return files.findAny().isEmpty();
        }
    }
}
