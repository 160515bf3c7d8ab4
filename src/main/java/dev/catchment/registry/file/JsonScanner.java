package dev.catchment.registry.file;

import java.io.InputStream;
import java.util.BitSet;

/**
 * Finds where JSON values begin and end in a stream: brackets, commas between records and strings are all it looks at. A
 * parser would build what is only to be cut out, and would not give back the bytes. Whether what was cut out is JSON is
 * judged later, record by record.
 */
final class JsonScanner extends ByteCursor {
    /** What is known of a key; a longer one is none of ours. */
    private static final int LONGEST_KEY = 64;

    private final BitSet objects = new BitSet();

    JsonScanner(InputStream in, int most) {
        super(in, most);
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

    /** Passes over the value that begins here. */
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
