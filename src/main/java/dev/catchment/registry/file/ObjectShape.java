package dev.catchment.registry.file;

/**
 * One object with arrays of sources, assets or results, in any order and among other members; or pages of results, one
 * such object after the other.
 */
final class ObjectShape implements Shape {
    private final JsonScanner scanner;
    private ArrayShape.Elements elements;
    private String page = "";
    private String last;

    /** @param first name of its first array, which comes next, bracket and all */
    ObjectShape(JsonScanner scanner, String first) {
        this.scanner = scanner;
        open(first);
    }

    private void open(String name) {
        scanner.take();
        last = name;
        elements = new ArrayShape.Elements(scanner, page + name, name);
    }

    @Override
    public Cut next() {
        while (elements != null) {
            Cut cut = elements.next();
            if (cut != null) {
                return cut;
            }
            elements = null;
            if (!findNextArray(false)) {
                findNextPage();
            }
        }
        return null;
    }

    /** @param first whether the object has only just been opened */
    private boolean findNextArray(boolean first) {
        for (boolean none = first; scanner.next('}', none); none = false) {
            String key = scanner.key();
            if (scanner.skip() == '[' && ARRAYS.contains(key)) {
                open(key);
                return true;
            }
            scanner.value();
        }
        return false;
    }

    private void findNextPage() {
        int c = scanner.skip();
        if (c != -1 && (c != '{' || !last.equals("results"))) {
            throw scanner.broken("Something follows the end of the index");
        }
        if (c != -1) {
            page = "line " + scanner.line() + " ";
            scanner.take();
            if (!findNextArray(true)) {
                throw scanner.broken("Expected a page of results, found an object without any, ending");
            }
        }
    }
}
