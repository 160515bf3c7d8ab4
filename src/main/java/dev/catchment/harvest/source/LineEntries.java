package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Sources as JSON lines, one object each: our own fields, or the portals of a registry. */
final class LineEntries implements SourceEntries {
    /** The longest of the registry has 21 kB. */
    private static final int LONGEST = 1 << 20;

    private static final int SHOWN = 1000;

    private final InputStream in;
    private int number;
    private int line;
    private boolean tooLong;

    LineEntries(InputStream in) {
        this.in = in;
    }

    @Override
    public SourceEntry next() throws IOException {
        byte[] bytes = line();
        while (bytes != null && isBlank(bytes)) {
            bytes = line();
        }
        if (bytes == null) {
            return null;
        }
        number++;
        String position = "line " + line;
        if (tooLong) {
            return SourceEntry.bad(
                    number,
                    position,
                    shown(bytes),
                    new BadRecord(
                            "too-long", "The line has more than %,d bytes; is this JSON lines?".formatted(LONGEST)));
        }
        try {
            return SourceEntry.of(number, position, (ObjectNode) RecordParser.parse(bytes, 0, bytes.length));
        } catch (BadRecord bad) {
            return SourceEntry.bad(number, position, shown(bytes), bad);
        }
    }

    private boolean isBlank(byte[] bytes) {
        return !tooLong && new String(bytes, StandardCharsets.ISO_8859_1).isBlank();
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** The next line without its end, or its beginning if it is too long; null after the last one. */
    private byte[] line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int read = in.read();
        if (read < 0) {
            return null;
        }
        line++;
        tooLong = false;
        for (; read >= 0 && read != '\n'; read = in.read()) {
            if (bytes.size() < LONGEST) {
                bytes.write(read);
            } else {
                tooLong = true;
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
