package dev.catchment.names.publisher;

import dev.catchment.names.file.Cells;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.WideLayout;
import dev.catchment.names.format.WideText;
import java.io.IOException;

/**
 * England and Wales, all years since 1996 in one text, a file a sex: newest year left, a colon for one or two births. Old
 * exports end their lines with a carriage return alone. {@link GbOnsWideWorkbook} is the same as a workbook.
 */
final class GbOnsWideText extends WideText {
    private static final int FIRST_YEAR = 1996;

    GbOnsWideText() {
        super("gb_ons_wide_text", "gb-ons", "name");
    }

    /** Its heading could be anybody's. */
    @Override
    public boolean isOurs(NamesFile file, TextFile text, WideLayout layout) throws IOException {
        boolean withholds =
                text.head().stream().flatMap(row -> row.cells().stream()).anyMatch(Cells::isSuppressed);
        return !layout.hasTotal()
                && layout.firstYear() == FIRST_YEAR
                && (withholds || "gb-ons".equals(file.hints().source()));
    }
}
