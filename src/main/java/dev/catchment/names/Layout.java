package dev.catchment.names;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A table with a row for each figure, known by its heading.
 *
 * @param heading all its columns
 * @param year the column of the year; -1 if it has none
 * @param gender the column of the gender; -1 if it has none
 */
record Layout(List<String> heading, int year, int gender, int name, int count) {
    /** @param year heading of the column of the year, null if it has none; so are the others */
    static Layout of(String heading, String year, String gender, String name, String count) {
        List<String> cells =
                Arrays.stream(heading.split(",")).map(Cells::heading).toList();
        return new Layout(cells, column(cells, year), column(cells, gender), column(cells, name), column(cells, count));
    }

    private static int column(List<String> cells, String heading) {
        if (heading != null && !cells.contains(heading)) {
            throw new IllegalArgumentException(heading + " is none of " + cells);
        }
        return heading == null ? -1 : cells.indexOf(heading);
    }

    boolean isHeadedBy(Row row) {
        int width = heading.size();
        if (row.cells().size() < width || !row.isBlankFrom(width)) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            if (!heading.get(i).equals(Cells.heading(row.cell(i)))) {
                return false;
            }
        }
        return true;
    }

    /** What stands under the heading. */
    Stream<Row> below(Stream<Row> rows) {
        return rows.dropWhile(row -> !isHeadedBy(row)).skip(1);
    }

    /**
     * @param all says the year and the gender of all figures where the table has no column of them
     * @param passed tells rows that are rightly no figures
     */
    Stream<Entry> read(Stream<Row> rows, Publication all, Predicate<Row> passed) {
        return below(rows).map(row -> passed.test(row) ? Entry.Passed.NO_COUNT : entry(row, all));
    }

    /** What a row comes to. */
    Entry entry(Row row, Publication all) {
        if (row.cells().size() < heading.size() || !row.isBlankFrom(heading.size())) {
            return Figures.unusable(
                    row,
                    "bad-fields",
                    "not " + heading.size() + " fields",
                    String.valueOf(row.cells().size()));
        }
        String ofYear = year < 0 ? String.valueOf(all.year()) : row.cell(year);
        String ofGender = gender < 0 ? all.gender().name() : row.cell(gender);
        return Figures.PLAIN.of(row, ofYear, ofGender, row.cell(name), row.cell(count));
    }
}
