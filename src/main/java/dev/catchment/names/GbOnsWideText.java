package dev.catchment.names;

import java.io.IOException;

/**
 * The Office for National Statistics' names of 1996 to a year as text, newest year left, a colon for one or two
 * births. Old exports end their lines with a carriage return alone.
 */
final class GbOnsWideText extends WideText {
    GbOnsWideText() {
        super("gb_ons_wide_text", "gb-ons", "name");
    }

    @Override
    boolean isOurs(NamesFile file, TextPart text, WideTable table) throws IOException {
        return !table.hasTotal()
                && table.years().contains(1996)
                && text.head().stream().flatMap(row -> row.cells().stream()).anyMatch(Cells::isSuppressed);
    }
}
