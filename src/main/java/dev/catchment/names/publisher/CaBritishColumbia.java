package dev.catchment.names.publisher;

import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.WideLayout;
import dev.catchment.names.format.WideText;

/** British Columbia: a column a year, and their sum, which alone is written as {@code "6,602"}. */
final class CaBritishColumbia extends WideText {
    CaBritishColumbia() {
        super("ca_bc", "ca-bc", "name");
    }

    @Override
    public boolean isOurs(NamesFile file, TextFile text, WideLayout layout) {
        return layout.hasTotal() && layout.firstYear() == 1922;
    }
}
