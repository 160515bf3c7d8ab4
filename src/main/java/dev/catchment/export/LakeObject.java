package dev.catchment.export;

import java.nio.file.Path;
import java.util.Map;

/**
 * A file that is to be put into a lake.
 *
 * @param key from the root of the lake
 * @param file what it holds
 * @param sha256 of it
 */
public record LakeObject(String key, Path file, String sha256) {
    /** What is kept beside it in a bucket, by which it is known later. */
    public Map<String, String> metadata() {
        return Map.of("sha256", sha256);
    }
}
