package dev.catchment.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an export to a lake holds: all files that are to be read, whichever export wrote them. Who reads these and no others sees
 * the catalogue of one moment.
 *
 * @param manifest the form of this file
 * @param export its name
 * @param kind whole, or changes
 * @param changes how many exports of changes came after the whole one, with this one
 * @param position the oldest transaction that could still write then
 * @param origin the database, on the timeline of its server
 * @param exports those that the lake keeps, this one included, the oldest first
 */
record LakeManifest(
        int manifest,
        String export,
        String kind,
        int changes,
        String takenAt,
        long run,
        String program,
        long position,
        String origin,
        List<Kept> exports,
        List<LakeFile> files) {
    static final int FORM = 1;
    static final String LATEST = "latest.json";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** An export that the lake keeps. */
    record Kept(String export, String kind, String takenAt, String path) {}

    static String path(String export) {
        return "exports/" + export + ".json";
    }

    boolean isWhole() {
        return kind.equals("whole");
    }

    /** @param text null if there is none */
    static LakeManifest read(String path, String text) {
        try {
            LakeManifest read = text == null ? null : JSON.readValue(text, LakeManifest.class);
            if (read != null && read.manifest != FORM) {
                throw new PermanentFailure(
                        "%s has the form %d, which this version does not know. Export with the version that wrote it, or name an empty prefix."
                                .formatted(path, read.manifest));
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new PermanentFailure("%s is no manifest of a lake: %s. Name the prefix of a lake, or an empty one."
                    .formatted(path, e.getOriginalMessage()));
        }
    }

    void write(Path file) throws IOException {
        // One line, as Spark wants it.
        JSON.writeValue(file.toFile(), this);
    }
}
