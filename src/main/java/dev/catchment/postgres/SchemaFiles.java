package dev.catchment.postgres;

import dev.catchment.text.ResourceFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** The steps that this program brings along, and the checksum that Flyway gives each. */
final class SchemaFiles {
    private SchemaFiles() {}

    /** By the name of the file. */
    static Map<String, Integer> checksums() {
        Map<String, Integer> checksums = new HashMap<>();
        for (String folder : List.of("sql/schema/up/", "sql/schema/views/")) {
            ResourceFolder.names(folder).forEach(name -> checksums.put(name, checksum("/" + folder + name)));
        }
        return checksums;
    }

    /** The number of the last step. */
    static int last() {
        return ResourceFolder.names("sql/schema/up/").stream()
                .mapToInt(name -> Integer.parseInt(name.replaceFirst("^V(\\d+)__.*", "$1")))
                .max()
                .orElse(0);
    }

    /** CRC-32 of the lines without their ends. */
    private static int checksum(String file) {
        CRC32 checksum = new CRC32();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(SchemaFiles.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            reader.lines().forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) checksum.getValue();
    }
}
