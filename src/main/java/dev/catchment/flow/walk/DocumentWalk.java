package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.decode.Decoder;
import dev.catchment.flow.kind.Kind;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.Spool;
import dev.catchment.text.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * One document of any size: it lies in a file, and its batches are the pages. Another document than the one that the last run
 * read is read from its beginning, as a pass of its own.
 */
public final class DocumentWalk implements Walk {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Bytes of the records of a batch; a larger record is one by itself. */
    private static final int BATCH = 8 << 20;
    /** Rows of the next pass are counted from here on. */
    private static final long PASS = 1_000_000_000_000L;
    /** Another form than JSON is read as a whole, in memory. */
    private static final long LARGEST_DECODED = 64L << 20;

    private final Kind kind;
    private final String url;
    private final Spool spool;
    private final Path file;
    private final int largestRecord;
    private final PageReader reader;
    private final Place resumed;
    private HttpAnswer answer;
    private JsonParser parser;
    private FileChannel channel;
    private String hash;
    private long pass;
    private long rows;
    private long twins;
    private boolean isAtEnd;

    /** @param rows of it that came @param document SHA-256 @param twins rows whose key another row of their batch has */
    record Place(long rows, long pass, String document, long twins) {}

    /**
     * Begins, or goes on.
     *
     * @param spool where it lies while it is read; its file is deleted in the end
     * @param largestRecord in bytes; of a larger one only the beginning is read, and it is rejected
     * @param cursor where to go on; null: at the beginning
     */
    public DocumentWalk(Kind kind, String url, Spool spool, int largestRecord, String cursor) {
        this.kind = kind;
        this.url = url;
        this.spool = spool;
        this.file = spool.file();
        this.largestRecord = largestRecord;
        this.reader = new PageReader(kind);
        try {
            this.resumed = cursor == null ? null : JSON.readValue(cursor, Place.class);
        } catch (JsonProcessingException e) {
            throw new PermanentFailure("The cursor of the last run cannot be read: start over with --fresh.");
        }
    }

    @Override
    public Spool spool() {
        return spool;
    }

    @Override
    public String next(int size) {
        return url;
    }

    @Override
    public boolean holdsMore() {
        return answer != null;
    }

    @Override
    public HttpAnswer open(HttpAnswer came, int size) {
        if (answer != null) {
            return came;
        }
        try {
            decode();
            hash = hash();
            boolean isSame = resumed != null && resumed.document().equals(hash);
            twins = isSame ? resumed.twins() : 0;
            pass = resumed == null ? 0 : isSame ? resumed.pass() : resumed.pass() + 1;
            answer = came;
            channel = FileChannel.open(file);
            InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            parser = PageReader.parser(in);
            enter();
            for (long skip = isSame ? resumed.rows() : 0; skip > 0 && !isAtEnd; skip--) {
                if (parser.nextToken() == JsonToken.END_ARRAY) {
                    isAtEnd = true;
                } else {
                    parser.skipChildren();
                    rows++;
                }
            }
            return part(came.milliseconds(), came.attempts(), size);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Another form than JSON becomes JSON as a whole. */
    private void decode() throws IOException {
        if (!kind.decode().equals("json")) {
            if (Files.size(file) > LARGEST_DECODED) {
                throw new PermanentFailure(
                        "The document is larger than %,d bytes, and only JSON is read in parts. Have it in pages, or as JSON."
                                .formatted(LARGEST_DECODED));
            }
            byte[] json = Decoder.named(kind.decode()).json(Files.readAllBytes(file));
            Files.write(file, json);
        }
    }

    private String hash() throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.hex(digest.digest());
    }

    /** Goes to the first record. */
    private void enter() throws IOException {
        JsonPointer left = JsonPointer.compile(kind.records());
        JsonToken token = parser.nextToken();
        while (!left.matches()) {
            if (token != JsonToken.START_OBJECT) {
                throw noRecords();
            }
            JsonPointer below = null;
            while (below == null) {
                if (parser.nextToken() != JsonToken.FIELD_NAME) {
                    throw noRecords();
                }
                below = left.matchProperty(parser.currentName());
                token = parser.nextToken();
                if (below == null) {
                    parser.skipChildren();
                }
            }
            left = below;
        }
        if (token != JsonToken.START_ARRAY) {
            throw noRecords();
        }
    }

    private TransientFailure noRecords() {
        return new TransientFailure(
                "The document is JSON, but there is no list of records at \"%s\".".formatted(kind.records()));
    }

    private TransientFailure broken(IOException e) {
        return new TransientFailure(
                "The document is truncated or not JSON: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                e);
    }

    @Override
    public HttpAnswer readOn(int size) {
        try {
            return part(0, 1, size);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private HttpAnswer part(int milliseconds, int attempts, int size) throws IOException {
        List<long[]> slices = new ArrayList<>();
        long bytes = 0;
        while (slices.size() < size && bytes < BATCH && !isAtEnd) {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                isAtEnd = true;
                finish();
            } else {
                long start = parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.getText();
                long length = parser.currentLocation().getByteOffset() - start;
                slices.add(new long[] {start, length});
                bytes += Math.min(length, largestRecord);
            }
        }
        RecordPage page = new RecordPage(cut(slices), 0);
        return answer.part(milliseconds, attempts, bytes, page);
    }

    /** What comes after the records must be there: a document that breaks off is no end. */
    private void finish() throws IOException {
        JsonToken token = parser.nextToken();
        while (token != null) {
            token = parser.nextToken();
        }
    }

    private List<RawRecord> cut(List<long[]> slices) throws IOException {
        List<RawRecord> records = new ArrayList<>(slices.size());
        for (long[] slice : slices) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(slice[1], largestRecord));
            channel.read(bytes, slice[0]);
            RawRecord read = reader.record(bytes.array(), records.size());
            records.add(slice[1] > largestRecord ? read.ofSize(slice[1]) : read);
        }
        return records;
    }

    @Override
    public RecordPage take(RecordPage page) {
        rows += page.records().size();
        twins += SameBound.twins(page.records(), kind.key());
        return page;
    }

    @Override
    public long twins() {
        return twins;
    }

    @Override
    public boolean isAtEnd() {
        return isAtEnd;
    }

    @Override
    public boolean knowsItsEnd() {
        return true;
    }

    @Override
    public long rows() {
        return pass * PASS + rows;
    }

    /** Rows of this document. */
    public long rowsOfPass() {
        return rows;
    }

    @Override
    public String cursor() {
        try {
            return hash == null ? null : JSON.writeValueAsString(new Place(rows, pass, hash, twins));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String cursorAfter(List<String> keys) {
        return cursor();
    }

    @Override
    public void close() {
        try {
            if (parser != null) {
                parser.close();
                channel.close();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
