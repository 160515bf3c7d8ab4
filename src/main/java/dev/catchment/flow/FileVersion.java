package dev.catchment.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * Which file lies under a name, and of when.
 *
 * @param key what tells it from others of its name; null where the file system has no such thing
 */
public record FileVersion(Object key, FileTime modified, long size) {
    public static FileVersion of(Path path) {
        try {
            var file = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileVersion(file.fileKey(), file.lastModifiedTime(), file.size());
        } catch (IOException gone) {
            return new FileVersion("gone", FileTime.fromMillis(0), 0);
        }
    }

    public boolean isSameFile(FileVersion other) {
        return Objects.equals(key, other.key);
    }
}
