package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.util.ArrayList;
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

    /** A row of a sheet while its cells are read. Empty cells cost nothing, however many a sheet has styled. */
    static final class Draft {
        /** The widest table of a publisher has about 90. */
        static final int MOST_COLUMNS = 1_024;
        /** What Excel itself allows. */
        static final int LONGEST_TEXT = 32_767;

        private final String position;
        private final List<String> cells = new ArrayList<>();

        Draft(String position) {
            this.position = position;
        }

        void put(int column, String text) {
            if (text.isEmpty()) {
                return;
            }
            if (column < 0 || column >= MOST_COLUMNS || text.length() > LONGEST_TEXT) {
                throw new PermanentFailure("The workbook has a cell no table of names has, at " + position + ": column "
                        + (column + 1) + ", " + text.length() + " characters; at most " + MOST_COLUMNS + " and "
                        + LONGEST_TEXT + " are read. Remove what is not part of the table.");
            }
            while (cells.size() < column) {
                cells.add("");
            }
            if (column < cells.size()) {
                cells.set(column, text);
            } else {
                cells.add(text);
            }
        }

        boolean isEmpty() {
            return cells.isEmpty();
        }

        Row row() {
            return new Row(position, List.copyOf(cells));
        }
    }
}
