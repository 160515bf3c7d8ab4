package dev.catchment.names;

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
        return cells.stream().allMatch(String::isEmpty);
    }
}
