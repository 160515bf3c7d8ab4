package dev.catchment.registry.file;

/** One array of records of any kind. */
final class ArrayShape implements Shape {
    private final Elements elements;
    private final JsonScanner scanner;

    ArrayShape(JsonScanner scanner) {
        this.scanner = scanner;
        this.elements = new Elements(scanner, "", null);
    }

    @Override
    public Cut next() {
        Cut cut = elements.next();
        if (cut == null && scanner.skip() != -1) {
            throw scanner.broken("Something follows the end of the index");
        }
        return cut;
    }

    /** The elements of an array whose opening bracket is taken. */
    static final class Elements {
        private final JsonScanner scanner;
        private final String where;
        private final String name;
        private long count;

        /** @param where what stands before the index in a position @param name of the array, null if it has none */
        Elements(JsonScanner scanner, String where, String name) {
            this.scanner = scanner;
            this.where = where;
            this.name = name;
        }

        /** @return null after the last; not to be asked again then */
        Cut next() {
            if (!scanner.next(']', count == 0)) {
                return null;
            }
            String position = where + "[" + count++ + "]";
            scanner.beginCut();
            scanner.value();
            return new Cut(scanner.endCut(), position, name, scanner.isTooLarge());
        }
    }
}
