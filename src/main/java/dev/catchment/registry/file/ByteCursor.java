package dev.catchment.registry.file;

import dev.catchment.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A place in a stream that knows its line, column and byte, and can cut out what it passes over. */
class ByteCursor {
    private static final int BEGINNING = 1024;

    private final InputStream in;
    private final int most;
    private final byte[] buffer = new byte[1 << 16];
    private ByteArrayOutputStream cut = new ByteArrayOutputStream();
    private int next;
    private int end;
    private int from = -1;
    private long before;
    private long line = 1;
    private long lineStart;
    private boolean tooLarge;
    private IOException broken;

    /** @param most bytes of a cut that are kept; of a larger one the beginning is */
    ByteCursor(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    final long line() {
        return line;
    }

    final BrokenFile broken(String what) {
        long offset = before + next;
        return new BrokenFile(what, line, offset - lineStart + 1, offset);
    }

    /** The next byte without taking it; -1 at the end. */
    final int peek() {
        return next < end || fill() ? buffer[next] & 0xff : -1;
    }

    /** Takes the next byte; a file that ends here is broken. */
    final int take() {
        if (next == end && !fill()) {
            throw broken("The file is truncated");
        }
        int taken = buffer[next++] & 0xff;
        if (taken == '\n') {
            line++;
            lineStart = before + next;
        }
        return taken;
    }

    /** What comes next, as far as there is room for it, without taking it. */
    final byte[] head() {
        while (end < buffer.length && read()) {
            // a packed file comes in pieces
        }
        return Arrays.copyOfRange(buffer, next, end);
    }

    /** Passes over a byte order mark, which belongs to the file and not to its first line. */
    final void skipMark() {
        if (StandardCharsets.UTF_8.equals(Utf8.marked(head()))) {
            next = 3;
            lineStart = 3;
        }
    }

    /** Begins to cut here. */
    final void beginCut() {
        cut.reset();
        from = next;
        tooLarge = false;
    }

    /** What was passed since {@link #beginCut}; of too much the beginning. */
    final byte[] endCut() {
        keep();
        from = -1;
        byte[] bytes = cut.toByteArray();
        if (bytes.length > buffer.length) {
            cut = new ByteArrayOutputStream(); // the room for a large one is not kept
        }
        return tooLarge ? Arrays.copyOf(bytes, Math.min(BEGINNING, bytes.length)) : bytes;
    }

    /** Whether what was cut last is larger than is kept. */
    final boolean isTooLarge() {
        return tooLarge;
    }

    private void keep() {
        if (from >= 0) {
            tooLarge |= cut.size() + next - from > most;
            if (!tooLarge || cut.size() < BEGINNING) {
                cut.write(buffer, from, next - from);
            }
            from = 0;
        }
    }

    private boolean fill() {
        keep();
        before += end;
        next = 0;
        end = 0;
        if (!read() && broken != null) {
            String detail = broken.getMessage() == null ? "" : " (" + broken.getMessage() + ")";
            throw broken("The file cannot be read on" + detail);
        }
        return end > 0;
    }

    /** A failure is told when all before it has been taken. */
    private boolean read() {
        try {
            int read = broken == null ? in.read(buffer, end, buffer.length - end) : -1;
            end += Math.max(0, read);
            return read > 0;
        } catch (IOException e) {
            broken = e;
            return false;
        }
    }
}
