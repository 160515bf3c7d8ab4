package dev.catchment.registry;

/** One object with arrays of sources, assets or results, in any order and among other members. */
final class ObjectShape implements Shape {
    private final JsonScanner scanner;
    private ArrayShape.Elements elements;
    private boolean ended;

    /** @param first name of its first array, which comes next, bracket and all */
    ObjectShape(JsonScanner scanner, String first) {
        this.scanner = scanner;
        open(first);
    }

    private void open(String name) {
        scanner.take();
        elements = new ArrayShape.Elements(scanner, name);
    }

    @Override
    public Cut next() {
        while (!ended) {
            Cut cut = elements.next();
            if (cut != null) {
                return cut;
            }
            findNextArray();
        }
        return null;
    }

    private void findNextArray() {
        while (scanner.skip(",") != '}') {
            String key = scanner.key();
            if (scanner.skip("") == '[' && ARRAYS.contains(key)) {
                open(key);
                return;
            }
            scanner.value();
        }
        scanner.take();
        ended = true;
        if (scanner.skip("") != -1) {
            throw scanner.broken("Something follows the end of the index");
        }
    }
}
