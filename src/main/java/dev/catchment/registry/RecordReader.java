package dev.catchment.registry;

import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The records of an index file, whatever its shape: an object with arrays of sources, assets or results in any order,
 * an array, or one value after the other, which is NDJSON if each keeps to its line. The shape shows in the content.
 */
final class RecordReader implements Iterator<SeedRecord> {
    private static final Set<String> ARRAYS = Set.of("sources", "assets", "results");

    private final JsonScanner scanner;
    private Shape shape;
    private String array;
    private long inArray;
    private long index;
    private SeedRecord upcoming;

    /** What the next record is a part of. */
    private enum Shape {
        UNKNOWN,
        ARRAY,
        OBJECT,
        LINES,
        VALUES,
        DONE
    }

    /** @param most bytes of the largest record that is read */
    RecordReader(InputStream in, int most) {
        scanner = new JsonScanner(in, most);
        shape = Shape.UNKNOWN;
    }

    /** @throws BrokenFile where the file breaks off; asking again then says that nothing more comes */
    @Override
    public boolean hasNext() {
        try {
            while (upcoming == null && shape != Shape.DONE) {
                advance();
            }
        } catch (BrokenFile broken) {
            shape = Shape.DONE;
            throw broken;
        }
        return upcoming != null;
    }

    /** The record that next() gives, if hasNext() said so. */
    SeedRecord upcoming() {
        return upcoming;
    }

    @Override
    public SeedRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        SeedRecord record = upcoming;
        upcoming = null;
        return record;
    }

    private void advance() {
        switch (shape) {
            case UNKNOWN -> begin();
            case ARRAY -> element(null);
            case OBJECT -> member();
            case LINES -> line();
            default -> value();
        }
    }

    private void begin() {
        scanner.skipMark();
        int c = scanner.skip("");
        if (c == '[') {
            scanner.take();
            shape = Shape.ARRAY;
        } else if (c == '{') {
            object();
        } else {
            throw scanner.broken(c == -1 ? "The file is empty" : "The file is no JSON: it begins with neither { nor [");
        }
    }

    /** The first object: it holds the arrays, or it is the first record itself. */
    private void object() {
        long line = scanner.line();
        scanner.beginCut();
        scanner.take();
        for (int c = scanner.skip(","); c != '}'; c = scanner.skip(",")) {
            if (isArray(c)) {
                scanner.endCut();
                shape = Shape.OBJECT;
                return;
            }
            scanner.value();
        }
        scanner.take();
        boolean oneLine = line == scanner.line();
        emit(scanner.endCut(), oneLine ? "line " + line : "record 1", null);
        int c = scanner.peek();
        while (c == ' ' || c == '\t' || c == '\r') {
            scanner.take();
            c = scanner.peek();
        }
        shape = oneLine && (c == '\n' || c == -1) ? Shape.LINES : Shape.VALUES;
    }

    /** Takes a key with its colon, and the bracket after it. @return whether it opens an array of records */
    private boolean isArray(int c) {
        String key = key(c);
        boolean opens = scanner.skip("") == '[' && ARRAYS.contains(key);
        if (opens) {
            scanner.take();
            array = key;
            inArray = 0;
        }
        return opens;
    }

    private String key(int c) {
        if (c != '"') {
            throw scanner.broken(c == -1 ? "The file breaks off" : "A key was due");
        }
        StringBuilder key = new StringBuilder();
        scanner.take();
        for (int k = scanner.take(); k != '"'; k = scanner.take()) {
            key.append((char) (k == '\\' ? scanner.take() : k));
        }
        if (scanner.skip("") != ':') {
            throw scanner.broken("A colon was due");
        }
        scanner.take();
        return key.toString();
    }

    private void member() {
        if (array != null) {
            element(array);
            return;
        }
        int c = scanner.skip(",");
        if (c == '}') {
            scanner.take();
            end();
        } else if (!isArray(c)) {
            scanner.value();
        }
    }

    private void element(String kind) {
        int c = scanner.skip(",");
        if (c == ']') {
            scanner.take();
            array = null;
            if (kind == null) {
                end();
            }
        } else if (c == -1 || c == '}') {
            throw scanner.broken(c == -1 ? "The file breaks off" : "A record or the end of the array was due");
        } else {
            String position = (kind == null ? "" : kind) + "[" + inArray++ + "]";
            scanner.beginCut();
            scanner.value();
            emit(scanner.endCut(), position, kind);
        }
    }

    private void line() {
        if (scanner.skip("") == -1) {
            shape = Shape.DONE;
            return;
        }
        String position = "line " + scanner.line();
        scanner.beginCut();
        boolean ended = scanner.line(false);
        byte[] bytes = scanner.endCut();
        if (!ended && !scanner.isTooLarge() && !isBalanced(bytes)) {
            throw scanner.broken("The last line breaks off");
        }
        emit(bytes, position, null);
    }

    /** Whether the last line, which has no end, is a whole value all the same. */
    private static boolean isBalanced(byte[] bytes) {
        try {
            JsonScanner value = new JsonScanner(new java.io.ByteArrayInputStream(bytes), bytes.length);
            value.value();
            return true;
        } catch (BrokenFile broken) {
            return false;
        }
    }

    private void value() {
        if (scanner.skip("") == -1) {
            shape = Shape.DONE;
            return;
        }
        scanner.beginCut();
        scanner.value();
        emit(scanner.endCut(), "record " + (index + 1), null);
    }

    private void end() {
        if (scanner.skip("") != -1) {
            throw scanner.broken("Something follows the end of the index");
        }
        shape = Shape.DONE;
    }

    private void emit(byte[] bytes, String position, String kind) {
        upcoming = new SeedRecord(bytes, ++index, position, kind, scanner.isTooLarge());
    }
}
