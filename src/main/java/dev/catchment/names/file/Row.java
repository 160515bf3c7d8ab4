package dev.catchment.names.file;

import java.util.List;

/**
 * A line of a text or a row of a sheet.
 *
 * @param position where it stands, for people
 * @param cells as text, without blanks around them: a number without a fraction as an integer, TRUE as TRUE
 */
public record Row(String position, List<String> cells) {
    /** @return an empty text where the row is shorter */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    public boolean isBlank() {
        return isBlankFrom(0);
    }

    /** Whether nothing stands in the column and those right of it. */
    public boolean isBlankFrom(int column) {
        for (int i = column; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
