package dev.catchment.names.file;

import dev.catchment.flow.CountedInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A text that was walked once and is read from its bytes each time it is asked for. */
final class TextFile implements TextPart {
    /** Gives the bytes anew. */
    interface Source {
        InputStream open() throws IOException;
    }

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Source source;
    private final TextTraits traits;
    private final long bytes;
    private final AtomicLong read = new AtomicLong();
    private TextHead head;

    /** @param bytes its size, unpacked */
    TextFile(String name, Source source, TextTraits traits, long bytes) {
        this.name = name;
        this.source = source;
        this.traits = traits;
        this.bytes = bytes;
    }

    static TextFile open(String name, Source source, long bytes) throws IOException {
        try (InputStream in = source.open()) {
            return new TextFile(name, source, TextTraits.of(name, in), bytes);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long bytesRead() {
        return read.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String charset() {
        return traits.charset().name();
    }

    @Override
    public List<Row> head() throws IOException {
        return started().rows();
    }

    @Override
    public Stream<Row> rows() throws IOException {
        char delimiter = started().delimiter();
        BufferedReader reader = reader(new CountedInput(source.open(), read));
        Spliterator<Row> rows = traits.quoted()
                ? new QuotedRows(name, reader, QuotedRows.format(delimiter))
                : new PlainRows(name, reader, delimiter);
        return StreamSupport.stream(rows, false).filter(row -> !row.isBlank()).onClose(() -> close(reader));
    }

    /** Kept: every format asks for it. */
    private synchronized TextHead started() throws IOException {
        if (head == null) {
            try (BufferedReader reader = reader(source.open())) {
                head = TextHead.of(name, reader);
            }
        }
        return head;
    }

    private BufferedReader reader(InputStream bytes) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(bytes, traits.charset().newDecoder()), BUFFER);
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
