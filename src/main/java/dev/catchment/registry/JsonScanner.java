package dev.catchment.registry;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Finds where JSON values begin and end in a stream, and hands out their very bytes: brackets and strings are all it
 * looks at. A parser would build what is only to be cut out, and would not give back the bytes. Whether what was cut
 * out is JSON is judged later, record by record.
 */
final class JsonScanner {
    private static final int BEGINNING = 1024;

    private final InputStream in;
    private final int most;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream cut = new ByteArrayOutputStream();
    private int next;
    private int end;
    private int from = -1;
    private long before;
    private long line = 1;
    private long lineStart;
    private boolean tooLarge;

    /** @param most bytes of a value that are kept; of a larger one the beginning is */
    JsonScanner(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    long line() {
        return line;
    }

    BrokenFile broken(String what) {
        long offset = before + next;
        return new BrokenFile(what, line, offset - lineStart + 1, offset);
    }

    /** The next byte without taking it; -1 at the end. */
    int peek() {
        return next < end || fill() ? buffer[next] & 0xff : -1;
    }

    /** Takes the next byte; a file that ends here is broken. */
    int take() {
        if (next == end && !fill()) {
            throw broken("The file breaks off");
        }
        int taken = buffer[next++] & 0xff;
        if (taken == '\n') {
            line++;
            lineStart = before + next;
        }
        return taken;
    }

    /** Passes over a byte order mark, which belongs to the file and not to its first line. */
    void skipMark() {
        boolean mark = peek() == 0xEF && end >= 3 && (buffer[1] & 0xff) == 0xBB && (buffer[2] & 0xff) == 0xBF;
        if (mark) {
            next = 3;
            lineStart = 3;
        }
    }

    /** Passes over blanks and whatever else is named. @return what comes then, -1 at the end */
    int skip(String more) {
        int c = peek();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || (c > 0 && more.indexOf(c) >= 0)) {
            take();
            c = peek();
        }
        return c;
    }

    /** Begins to cut here. */
    void beginCut() {
        cut.reset();
        from = next;
        tooLarge = false;
    }

    /** What was passed since {@link #beginCut}; of too much the beginning. */
    byte[] endCut() {
        keep();
        from = -1;
        byte[] bytes = cut.toByteArray();
        return tooLarge ? Arrays.copyOf(bytes, Math.min(BEGINNING, bytes.length)) : bytes;
    }

    /** Whether what was cut last is larger than is kept. */
    boolean isTooLarge() {
        return tooLarge;
    }

    /** Passes over the value that begins here. */
    void value() {
        int depth = 0;
        do {
            int c = take();
            if (c == '"') {
                string();
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (depth == 0) {
                scalar();
            }
        } while (depth > 0);
    }

    /** Passes over the rest of a string whose opening quote is taken. */
    void string() {
        for (int c = take(); c != '"'; c = take()) {
            if (c == '\\') {
                take();
            }
        }
    }

    private void scalar() {
        for (int c = peek(); c > ' ' && c != ',' && c != ']' && c != '}'; c = peek()) {
            take();
        }
    }

    /** Passes over the rest of the line. @return whether the line has an end */
    boolean line(boolean orTheFile) {
        int c = peek();
        while (c != '\n' && c != -1) {
            take();
            c = peek();
        }
        return c == '\n' || orTheFile;
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
        try {
            end = Math.max(0, in.read(buffer, 0, buffer.length));
        } catch (EOFException | ZipException e) {
            throw broken("The packed file breaks off" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
        } catch (IOException e) {
            throw broken("The file cannot be read on (" + e.getMessage() + ")");
        }
        return end > 0;
    }
}
