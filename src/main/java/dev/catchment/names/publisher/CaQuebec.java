package dev.catchment.names.publisher;

import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.WideLayout;
import dev.catchment.names.format.WideText;

/**
 * Retraite Québec: a column a year, their sum, and a last row of sums; some editions begin with five lines of
 * remarks, the newest write {@code < 5} for what others leave at zero.
 */
final class CaQuebec extends WideText {
    CaQuebec() {
        super("ca_qc", "ca-qc", "prénom/année");
    }

    @Override
    public boolean isOurs(NamesFile file, TextFile text, WideLayout layout) {
        return true;
    }
}
