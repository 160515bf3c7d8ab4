package dev.catchment.registry.file;

import dev.catchment.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds where JSON values begin and end in a stream: brackets, commas between records and strings are all it looks at. A
 * parser would build what is only to be cut out, and would not give back the bytes. Whether what was cut out is JSON is
 * judged later, record by record. It knows its line, column and byte.
 */
final class JsonScanner {
    /** What is known of a key; a longer one is none of ours. */
    private static final int LONGEST_KEY = 64;

    private static final int BEGINNING = 1024;

    private final BitSet objects = new BitSet();
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
    byte[] head() {
        while (end < buffer.length && read()) {
            // a packed file comes in pieces
        }
        return Arrays.copyOfRange(buffer, next, end);
    }

    /** Passes over a byte order mark, which belongs to the file and not to its first line. */
    void skipMark() {
        if (StandardCharsets.UTF_8.equals(Utf8.marked(head()))) {
            next = 3;
            lineStart = 3;
        }
    }

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
        if (bytes.length > buffer.length) {
            cut = new ByteArrayOutputStream(); // the room for a large one is not kept
        }
        return tooLarge ? Arrays.copyOf(bytes, Math.min(BEGINNING, bytes.length)) : bytes;
    }

    /** Whether what was cut last is larger than is kept. */
    boolean isTooLarge() {
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

    /** Passes over blanks. @return what comes then, -1 at the end */
    int skip() {
        int c = peek();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            take();
            c = peek();
        }
        return c;
    }

    /**
     * Goes on to the next element of an array or member of an object, over the comma before it.
     *
     * @param end the bracket that ends it
     * @param first whether none has come yet
     * @return whether there is one; if not, the bracket is taken
     */
    boolean next(char end, boolean first) {
        int c = skip();
        if (c == end) {
            take();
            return false;
        }
        if (!first) {
            require(c == ',', "Expected a comma or " + end);
            take();
            c = skip();
        }
        require(c != -1 && c != ',' && c != ']' && c != '}', "Expected a value");
        return true;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw broken(peek() == -1 ? "The file is truncated" : otherwise);
        }
    }

    void value() {
        int depth = 0;
        do {
            int c = peek();
            require(depth > 0 || (c != ']' && c != '}'), "Expected a value");
            if (c == ']' || c == '}') {
                require(objects.get(depth - 1) == (c == '}'), "Mismatched bracket");
            }
            take();
            if (c == '"') {
                string();
            } else if (c == '{' || c == '[') {
                objects.set(depth++, c == '{');
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (depth == 0) {
                scalar();
            }
        } while (depth > 0);
    }

    private void string() {
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

    /** Takes a key with its colon. */
    String key() {
        require(peek() == '"', "Expected a key");
        take();
        StringBuilder key = new StringBuilder();
        for (int c = take(); c != '"'; c = take()) {
            char passed = (char) (c == '\\' ? escaped() : c);
            if (key.length() < LONGEST_KEY) {
                key.append(passed);
            }
        }
        require(skip() == ':', "Expected a colon");
        take();
        return key.toString();
    }

    private int escaped() {
        int c = take();
        if (c != 'u') {
            return c;
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            require(digit >= 0, "Expected a hexadecimal digit");
            take();
            code = code * 16 + digit;
        }
        return code;
    }

    /** Passes over the rest of the line. @return whether the line has an end */
    boolean restOfLine() {
        int c = peek();
        while (c != '\n' && c != -1) {
            take();
            c = peek();
        }
        return c == '\n';
    }
}
