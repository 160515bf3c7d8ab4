package dev.catchment.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Any number of assets made from recorded ones: over and over, each with an id of its own. */
final class ManyAssets {
    private static final String ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";

    private ManyAssets() {}

    static void write(Path recorded, Path file, int count) throws IOException {
        List<byte[]> records = Probe.records(recorded);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int i = 0; i < count; i++) {
                String record = new String(records.get(i % records.size()), StandardCharsets.UTF_8);
                String id = record.replaceFirst("(?s).*?\"id\": \"(.{9})\".*", "$1");
                out.write(record.replace(id, id(i)).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
    }

    /** The same records in a file that is not known by its content, so that it is read, and not forced. */
    static void again(Path file, Path again, int round) throws IOException {
        Files.copy(file, again, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(again, "\n".repeat(round + 1), StandardOpenOption.APPEND);
    }

    private static String id(int number) {
        StringBuilder id = new StringBuilder();
        for (int digit = 7; digit >= 0; digit--) {
            id.append(ALPHABET.charAt((int) ((long) number * 2_654_435_761L >> (5 * digit) & 31)));
            id.append(digit == 4 ? "-" : "");
        }
        return id.toString();
    }
}
