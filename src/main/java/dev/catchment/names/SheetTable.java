package dev.catchment.names;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A table of names in a sheet, from the row below its header on.
 *
 * @param yearColumn the column that repeats the year; -1 if there is none
 * @param wide whether a name may have no count in a column: all years side by side
 */
record SheetTable(Sheet sheet, Row header, int yearColumn, boolean wide, List<Column> columns) {

    /** Where a name stands, where its count, and whose it is; a null year stands in the column of years. */
    record Column(Integer year, Gender gender, int name, int count) {}

    /** To be closed; tables of one workbook follow one another. */
    static Stream<Entry> entries(List<SheetTable> tables) throws IOException {
        Stream<Entry> all = Stream.empty();
        for (SheetTable table : tables) {
            try {
                all = Stream.concat(all, table.entries());
            } catch (IOException | RuntimeException e) {
                all.close();
                throw e;
            }
        }
        return all;
    }

    private Stream<Entry> entries() throws IOException {
        String neighbour = neighbour();
        return sheet.rows()
                .dropWhile(row -> !row.position().equals(header.position()))
                .skip(1)
                .mapMulti((row, to) -> read(row, neighbour, to));
    }

    private void read(Row row, String neighbour, Consumer<Entry> to) {
        if (isNote(row)) {
            to.accept(Entry.Passed.NO_COUNT);
            return;
        }
        for (Column column : columns) {
            String name = SheetFigures.spelt(row.cell(column.name()), neighbour);
            String count = row.cell(column.count());
            if (!(name.isEmpty() && count.isEmpty())) {
                to.accept(read(row, column, name, count));
            }
        }
    }

    private Entry read(Row row, Column column, String name, String count) {
        String said = yearColumn < 0 ? "" : row.cell(yearColumn);
        List<Integer> years = yearColumn < 0 ? List.of(column.year()) : Agreement.years(said);
        if (years.size() != 1 || column.year() != null && !years.contains(column.year())) {
            return SheetFigures.unusable(
                    row.position(), "bad-year", "the year is none, or not this table's", said, name, count);
        }
        int year = years.get(0);
        return wide
                ? SheetFigures.ofCell(year, column.gender(), name, count, row.position())
                : SheetFigures.ofRow(year, column.gender(), name, count, row.position());
    }

    /** A footnote, a total: nothing where names and counts are; or, in a wide table, a text before no counts at all. */
    private boolean isNote(Row row) {
        boolean counts = columns.stream().anyMatch(c -> !row.cell(c.count()).isEmpty());
        boolean names = columns.stream().anyMatch(c -> !row.cell(c.name()).isEmpty());
        boolean total = row.cell(columns.get(0).name()).equalsIgnoreCase("All names");
        return total || !counts && (wide || !names);
    }

    /** The first name: as it is written, all are. */
    private String neighbour() throws IOException {
        return sheet.head().stream()
                .dropWhile(row -> !row.position().equals(header.position()))
                .skip(1)
                .map(row -> row.cell(columns.get(0).name()))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }
}
