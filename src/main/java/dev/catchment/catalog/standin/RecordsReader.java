package dev.catchment.catalog.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads records of the Discovery API, one JSON object a line in UTF-8, plain or gzip (told by the first two bytes),
 * into a temporary file that is mapped and has no name any more: it goes with the process, however that ends.
 * Empty lines do not count. At most 2 GB.
 */
final class RecordsReader {

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final List<StandInRecord> entries = new ArrayList<>();
    private final Map<String, String> domains = new HashMap<>();
    private int lines;
    private int length;

    private RecordsReader(String name) {
        this.name = name;
    }

    /**
     * Reads all of a stream and closes it. Errors: {@link IllegalArgumentException} naming the line that is no record
     * with an id.
     *
     * @param name how errors call the source
     */
    static Records read(InputStream source, String name) {
        try (InputStream buffered = new BufferedInputStream(source, BUFFER)) {
            return new RecordsReader(name).read(isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER) : buffered);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the catalogue " + name + " for the stand-in: " + e.getMessage(), e);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    private Records read(InputStream in) throws IOException {
        Path file = Files.createTempFile("catchment-stand-in", ".jsonl");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            OutputStream copy = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            splitLines(in, copy);
            copy.flush();
            return new Records(channel.map(FileChannel.MapMode.READ_ONLY, 0, length), entries);
        }
    }

    private void splitLines(InputStream in, OutputStream copy) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(BUFFER);
        byte[] chunk = new byte[BUFFER];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            int start = 0;
            for (int i = 0; i < read; i++) {
                if (chunk[i] == '\n') {
                    line.write(chunk, start, i - start);
                    endLine(line, copy);
                    start = i + 1;
                }
            }
            line.write(chunk, start, read - start);
        }
        endLine(line, copy);
    }

    private void endLine(ByteArrayOutputStream line, OutputStream copy) throws IOException {
        lines++;
        byte[] bytes = line.toByteArray();
        line.reset();
        if (!isBlank(bytes)) {
            entries.add(entry(bytes));
            length = Math.addExact(length, bytes.length);
            copy.write(bytes);
        }
    }

    private static boolean isBlank(byte[] line) {
        return line.length == 0 || line.length == 1 && line[0] == '\r';
    }

    private StandInRecord entry(byte[] line) {
        try {
            Keys keys = Keys.of(line);
            // A domain is kept once, however many records are of it.
            String domain = domains.computeIfAbsent(keys.domain(), same -> same);
            return new StandInRecord(keys.id(), domain, keys.updated(), length, line.length);
        } catch (IOException e) {
            // The parser's full message quotes the record; the short one does not.
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IllegalArgumentException(
                    ("Line %d of the catalogue %s is not a record of the Discovery API: %s. "
                                    + "The stand-in needs one JSON object a line, each with resource.id.")
                            .formatted(lines, name, reason),
                    e);
        }
    }
}
