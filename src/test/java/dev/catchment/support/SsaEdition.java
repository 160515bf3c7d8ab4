package dev.catchment.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A national edition of the SSA: a zip with an entry a year. */
public final class SsaEdition {
    private SsaEdition() {}

    /** @param years for each year the lines of its entry */
    public static Path zip(Path folder, String name, Map<Integer, List<String>> years) {
        Path zip = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            for (int year : years.keySet().stream().sorted().toList()) {
                ZipEntry entry = new ZipEntry("yob" + year + ".txt");
                entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0)); // the same lines are the same file at any time
                packed.putNextEntry(entry);
                packed.write((String.join("\r\n", years.get(year)) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            return zip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
