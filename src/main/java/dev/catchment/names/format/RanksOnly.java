package dev.catchment.names.format;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.TextFile;
import java.io.IOException;
import java.util.List;

/** Tables of names that say who is first and not how many: nothing can be loaded from them. */
public final class RanksOnly {
    private static final List<String> NEWFOUNDLAND = List.of("boysname", "rank", "girlsname");

    private RanksOnly() {}

    /** @throws PermanentFailure if it is one of these */
    public static void refuse(NamesFile file) throws IOException {
        for (TextFile text : file.texts()) {
            for (Row row : text.head()) {
                if (row.cells().stream().map(Cells::heading).toList().equals(NEWFOUNDLAND)) {
                    throw new PermanentFailure(
                            "Newfoundland and Labrador publishes ranks and no counts, and a rank is no"
                                    + " number of births: there is nothing to load.");
                }
            }
        }
    }
}
