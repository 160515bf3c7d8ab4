package dev.catchment.registry.file;

import java.io.ByteArrayInputStream;

/**
 * One value after the other. Where each keeps to its line, which is NDJSON, a line that is no JSON costs itself only;
 * where they do not, the brackets alone tell where one ends.
 */
final class SequenceShape implements Shape {
    private final JsonScanner scanner;
    private final boolean lines;
    private Cut first;
    private long count = 1;

    /** Lines, whatever is on the first. */
    SequenceShape(JsonScanner scanner) {
        this.scanner = scanner;
        this.lines = true;
    }

    /** @param oneLine whether the first value kept to its line */
    SequenceShape(JsonScanner scanner, Cut first, boolean oneLine) {
        this.scanner = scanner;
        this.first = first;
        this.lines = oneLine && endsItsLine();
    }

    private boolean endsItsLine() {
        int c = scanner.peek();
        while (c == ' ' || c == '\t' || c == '\r') {
            scanner.take();
            c = scanner.peek();
        }
        return c == '\n' || c == -1;
    }

    @Override
    public Cut next() {
        Cut cut = first;
        first = null;
        if (cut != null || scanner.skip() == -1) {
            return cut;
        }
        return lines ? line() : value();
    }

    private Cut value() {
        scanner.beginCut();
        scanner.value();
        return new Cut(scanner.endCut(), "record " + ++count, null, scanner.isTooLarge());
    }

    private Cut line() {
        String position = "line " + scanner.line();
        scanner.beginCut();
        boolean ended = scanner.restOfLine();
        byte[] bytes = scanner.endCut();
        if (!ended && !scanner.isTooLarge() && !isWhole(bytes)) {
            throw scanner.broken("The last line is truncated");
        }
        return new Cut(bytes, position, null, scanner.isTooLarge());
    }

    /** Whether the last line, which has no end, is a whole value all the same. */
    private static boolean isWhole(byte[] bytes) {
        try {
            new JsonScanner(new ByteArrayInputStream(bytes), bytes.length).value();
            return true;
        } catch (BrokenFile broken) {
            return false;
        }
    }
}
