package dev.catchment.registry.file;

import java.util.Set;

/** A way in which records follow each other in a file; it shows in the content. */
interface Shape {
    Set<String> ARRAYS = Set.of("sources", "assets", "results");

    /** What a record has and an index has not: an array by one of those names is then a field like any other. */
    Set<String> OF_RECORDS = Set.of("type", "id", "asset_key", "source_key", "resource");

    /**
     * Cuts out the next record.
     *
     * @return null at the end
     * @throws BrokenFile where the file breaks off
     */
    Cut next();

    /**
     * A record as it was cut out.
     *
     * @param position for people: line 17, assets[16]
     * @param kind the array it stood in; null where it stood alone
     */
    record Cut(byte[] bytes, String position, String kind, boolean tooLarge) {}

    /** Looks at the beginning of a file. */
    static Shape of(JsonScanner scanner) {
        scanner.skipMark();
        int c = scanner.skip();
        if (FirstLine.isOneOfMany(scanner.head())) {
            return new SequenceShape(scanner);
        }
        if (c == '[') {
            scanner.take();
            return new ArrayShape(scanner);
        }
        if (c == '{') {
            return ofObject(scanner);
        }
        throw scanner.broken(c == -1 ? "The file is empty" : "The file is not JSON: it begins with neither { nor [");
    }

    /** The first object holds the arrays, or it is the first record itself. */
    private static Shape ofObject(JsonScanner scanner) {
        long line = scanner.line();
        boolean isRecord = false;
        scanner.beginCut();
        scanner.take();
        for (boolean first = true; scanner.next('}', first); first = false) {
            String key = scanner.key();
            isRecord |= OF_RECORDS.contains(key);
            if (scanner.skip() == '[' && ARRAYS.contains(key) && !isRecord) {
                scanner.endCut();
                return new ObjectShape(scanner, key);
            }
            scanner.value();
        }
        boolean oneLine = line == scanner.line();
        String position = oneLine ? "line " + line : "record 1";
        Cut first = new Cut(scanner.endCut(), position, null, scanner.isTooLarge());
        return new SequenceShape(scanner, first, oneLine);
    }
}
