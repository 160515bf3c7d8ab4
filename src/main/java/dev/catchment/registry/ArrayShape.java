package dev.catchment.registry;

/** One array of records of any kind. */
final class ArrayShape implements Shape {
    private final Elements elements;
    private final JsonScanner scanner;

    ArrayShape(JsonScanner scanner) {
        this.scanner = scanner;
        this.elements = new Elements(scanner, null);
    }

    @Override
    public Cut next() {
        Cut cut = elements.next();
        if (cut == null && scanner.skip("") != -1) {
            throw scanner.broken("Something follows the end of the index");
        }
        return cut;
    }

    /** The elements of an array whose opening bracket is taken. @param name of the array, null if it has none */
    static final class Elements {
        private final JsonScanner scanner;
        private final String name;
        private long count;
        private boolean ended;

        Elements(JsonScanner scanner, String name) {
            this.scanner = scanner;
            this.name = name;
        }

        /** @return null after the last */
        Cut next() {
            int c = ended ? ']' : scanner.skip(",");
            if (c == ']') {
                if (!ended) {
                    scanner.take();
                }
                ended = true;
                return null;
            }
            if (c == -1 || c == '}') {
                throw scanner.broken(c == -1 ? "The file breaks off" : "A record or the end of the array was due");
            }
            String position = (name == null ? "" : name) + "[" + count++ + "]";
            scanner.beginCut();
            scanner.value();
            return new Cut(scanner.endCut(), position, name, scanner.isTooLarge());
        }
    }
}
