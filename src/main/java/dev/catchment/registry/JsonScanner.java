package dev.catchment.registry;

import java.io.InputStream;

/**
 * Finds where JSON values begin and end in a stream: brackets and strings are all it looks at. A parser would build what
 * is only to be cut out, and would not give back the bytes. Whether what was cut out is JSON is judged later, record by
 * record.
 */
final class JsonScanner extends ByteCursor {
    /** What is known of a key; a longer one is none of ours. */
    private static final int LONGEST_KEY = 64;

    JsonScanner(InputStream in, int most) {
        super(in, most);
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
        if (peek() != '"') {
            throw broken(peek() == -1 ? "The file breaks off" : "A key was due");
        }
        take();
        StringBuilder key = new StringBuilder();
        for (int c = take(); c != '"'; c = take()) {
            char passed = (char) (c == '\\' ? take() : c);
            if (key.length() < LONGEST_KEY) {
                key.append(passed);
            }
        }
        if (skip("") != ':') {
            throw broken(peek() == -1 ? "The file breaks off" : "A colon was due");
        }
        take();
        return key.toString();
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
