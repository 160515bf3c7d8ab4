package dev.catchment.reader;

import dev.catchment.errors.PermanentFailure;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * An answer, read as it comes. Any read may throw a {@link ReaderFailure}, or the permanent failure of the task. To be
 * closed; whoever closes it before its end does without that reader.
 */
public final class ReaderAnswer extends InputStream {
    private final Readers readers;
    private final Child child;
    private final Duration longest;
    private final long most;
    private final byte[] piece = new byte[Wire.PIECE];
    private int at;
    private int end;
    private long length;
    private boolean over;
    private boolean sound;
    private boolean left;

    ReaderAnswer(Readers readers, Child child, Duration longest, long most) {
        this.readers = readers;
        this.child = child;
        this.longest = longest;
        this.most = most;
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : piece[at++] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
        if (count == 0) {
            return 0;
        }
        if (isAtEnd()) {
            return -1;
        }
        int now = Math.min(count, end - at);
        System.arraycopy(piece, at, bytes, offset, now);
        at += now;
        return now;
    }

    private boolean isAtEnd() {
        if (at == end && !over) {
            next();
        }
        return at == end;
    }

    private void next() {
        over = true; // unless it goes on
        int said = readers.within(longest, child, this::piece);
        if (said > 0) {
            over = false;
            length += said;
            if (length > most) {
                over = true;
                throw new ReaderFailure(ReaderFailure.Kind.SIZE, "bytes=more than " + most);
            }
            at = 0;
            end = said;
            return;
        }
        sound = true;
    }

    /** @return its length; 0 at the end */
    private int piece() throws IOException {
        DataInputStream from = child.from();
        int said = from.readInt();
        switch (said) {
            case Wire.REFUSED -> {
                String message = from.readUTF();
                sound = true;
                throw new PermanentFailure(message);
            }
            case Wire.FAILED -> {
                String message = from.readUTF();
                sound = true;
                throw new IllegalStateException("A reader failed: " + message);
            }
            default -> {
                if (said < 0 || said > piece.length) {
                    throw new IOException("a piece of " + said + " bytes");
                }
                from.readFully(piece, 0, said);
                return said;
            }
        }
    }

    @Override
    public void close() {
        over = true;
        at = end;
        if (!left) {
            left = true;
            readers.leave(child, sound);
        }
    }
}
