package dev.catchment.names;

/** British Columbia: a column a year, and their sum, which alone is written as {@code "6,602"}. */
final class CaBritishColumbia extends WideText {
    CaBritishColumbia() {
        super("ca_bc", "ca-bc", "name");
    }

    @Override
    boolean isOurs(NamesFile file, TextPart text, WideLayout layout) {
        return layout.hasTotal() && layout.firstYear() == 1922;
    }
}
