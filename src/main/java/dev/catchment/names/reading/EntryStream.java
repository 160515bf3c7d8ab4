package dev.catchment.names.reading;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.reader.ReaderAnswer;
import dev.catchment.reader.ReaderFailure;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** What a published file says, entry by entry, while a reader reads it. */
public final class EntryStream implements Iterator<FileEntry>, AutoCloseable {
    private final ReaderAnswer answer;
    private final DataInputStream in;
    private volatile long bytes = -1;
    private volatile long bytesRead;
    private FileEntry ahead;

    EntryStream(ReaderAnswer answer) {
        this.answer = answer;
        this.in = new DataInputStream(answer);
    }

    /** Bytes of its texts, unpacked; 0 for a workbook, which is small, and before the first entry. */
    public long bytes() {
        return Math.max(0, bytes);
    }

    /** Those of them that were read so far. */
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public boolean hasNext() {
        try {
            ahead = ahead == null ? following() : ahead;
            return ahead != null;
        } catch (ReaderFailure e) {
            throw FileReader.unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileEntry following() throws IOException {
        if (bytes < 0) {
            bytes = in.readLong();
        }
        int what = in.read();
        while (what == EntryWire.READ) {
            bytesRead = in.readLong();
            what = in.read();
        }
        return what < 0 ? null : EntryWire.read(what, in);
    }

    @Override
    public FileEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        FileEntry next = ahead;
        ahead = null;
        return next;
    }

    @Override
    public void close() {
        answer.close();
    }
}
