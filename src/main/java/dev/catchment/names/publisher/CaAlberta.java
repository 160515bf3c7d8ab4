package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;
import java.io.IOException;

/** Alberta, with a rank before each name or without. */
final class CaAlberta extends LongText {
    private static final Layout RANKED =
            Layout.of("Rank,Name,Frequency,Gender,Year", "year", "gender", "name", "frequency");
    private static final Layout UNRANKED =
            Layout.of("First Name,Frequency,Gender,Year", "year", "gender", "first name", "frequency");

    CaAlberta() {
        super(
                "ca_ab",
                "ca-ab",
                Signature.of("alberta", "2021 F OLIVIA 210", "2021 M NOAH 274", "2022 F OLIVIA 192", "2022 M NOAH 229"),
                RANKED,
                UNRANKED);
    }

    /** A copy is about whose heading lacks the rank that its rows have. */
    @Override
    public boolean isOurs(NamesFile file, TextFile text, Layout layout) throws IOException {
        if (UNRANKED.below(text.head().stream()).anyMatch(row -> !row.isBlankFrom(4))) {
            throw new PermanentFailure("The heading names 4 columns and the rows have more, so each figure would stand"
                    + " under a wrong heading. Load the publisher's own file.");
        }
        return true;
    }
}
