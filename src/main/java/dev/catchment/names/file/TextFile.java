package dev.catchment.names.file;

import dev.catchment.flow.CountedInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A text, or one in a zip: a table whose lines are taken apart at commas, semicolons or tabs. It was walked once and is
 * read from its bytes each time it is asked for.
 */
public final class TextFile {
    /** Gives the bytes anew. */
    interface Source {
        InputStream open() throws IOException;
    }

    private static final int BUFFER = 1 << 16;
    private static final int HEAD_CHARACTERS = 1 << 16;
    private static final int HEAD_ROWS = 40;

    private final String name;
    private final Source source;
    private final Charset charset;
    private final long bytes;
    private final AtomicLong read = new AtomicLong();
    private Head head;

    /** Enough of its beginning to tell which table it is. */
    private record Head(char delimiter, List<Row> rows) {}

    /** @param bytes its size, unpacked */
    TextFile(String name, Source source, Charset charset, long bytes) {
        this.name = name;
        this.source = source;
        this.charset = charset;
        this.bytes = bytes;
    }

    static TextFile open(String name, Source source, long bytes) throws IOException {
        try (InputStream in = source.open()) {
            return new TextFile(name, source, TextCharset.of(name, in), bytes);
        }
    }

    /** Its base name. */
    public String name() {
        return name;
    }

    /** How its bytes were found to be encoded: UTF-8, windows-1252, UTF-16LE … */
    public String charset() {
        return charset.name();
    }

    /** Its bytes, unpacked. */
    public long bytes() {
        return bytes;
    }

    /** Those of them that {@link #rows} has read so far. */
    public long bytesRead() {
        return read.get();
    }

    /** Its first lines; 40 at the most. */
    public List<Row> head() throws IOException {
        return started().rows();
    }

    /** All its lines, read as they are asked for; to be closed. Lines without a filled cell are left out. */
    public Stream<Row> rows() throws IOException {
        char delimiter = started().delimiter();
        Reader reader = reader(new CountedInput(source.open(), read));
        return TextRows.of(name, reader, delimiter, false).onClose(() -> close(reader));
    }

    /** Kept: every format asks for it. */
    private synchronized Head started() throws IOException {
        if (head == null) {
            String start;
            try (Reader reader = reader(source.open())) {
                start = start(reader);
            }
            char delimiter = delimiter(start);
            try (Stream<Row> rows = TextRows.of(name, new StringReader(start), delimiter, true)) {
                head = new Head(delimiter, rows.limit(HEAD_ROWS).toList());
            }
        }
        return head;
    }

    /** Without the line that was cut off. */
    private static String start(Reader reader) throws IOException {
        char[] start = new char[HEAD_CHARACTERS];
        int length = 0;
        for (int read = 0; read >= 0 && length < HEAD_CHARACTERS; length += Math.max(read, 0)) {
            read = reader.read(start, length, HEAD_CHARACTERS - length);
        }
        String text = new String(start, 0, length);
        int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
        return length == HEAD_CHARACTERS && end > 0 ? text.substring(0, end) : text;
    }

    /** The one of comma, semicolon and tab that stands most often outside quotes. */
    private static char delimiter(String text) {
        int[] found = new int[128];
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (!quoted && c < found.length) {
                found[c]++;
            }
        }
        char most = found[';'] > found[','] ? ';' : ',';
        return found['\t'] > found[most] ? '\t' : most;
    }

    private Reader reader(InputStream bytes) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, charset.newDecoder()), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
