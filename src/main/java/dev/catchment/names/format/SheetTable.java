package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.Sheet;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A table of names in a sheet, from the row below its header on.
 *
 * @param yearColumn the column that repeats the year; -1 if there is none
 * @param wide whether a name may have no count in a column: all years side by side
 */
public record SheetTable(Sheet sheet, Row header, int yearColumn, boolean wide, List<Column> columns) {

    /** Where a name stands, where its count, and whose it is; a null year stands in the column of years. */
    public record Column(Integer year, Gender gender, int name, int count) {}

    /** The gender of all figures; null if the tables are of both. */
    public static Gender gender(List<SheetTable> tables) {
        List<Gender> genders = tables.stream()
                .flatMap(table -> table.columns.stream())
                .map(Column::gender)
                .distinct()
                .toList();
        return genders.size() == 1 ? genders.get(0) : null;
    }

    /** The same table, once it is known whose its figures are. */
    public SheetTable of(Integer year, Gender gender) {
        List<Column> known = columns.stream()
                .map(column -> new Column(year, gender, column.name(), column.count()))
                .toList();
        return new SheetTable(sheet, header, yearColumn, wide, known);
    }

    /** To be closed; tables of one workbook follow one another. */
    public static Stream<FileEntry> entries(List<SheetTable> tables) throws IOException {
        Stream<FileEntry> all = Stream.empty();
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

    private Stream<FileEntry> entries() throws IOException {
        String neighbour = neighbour();
        return sheet.rows()
                .dropWhile(row -> !row.position().equals(header.position()))
                .skip(1)
                .mapMulti((row, to) -> read(row, neighbour, to));
    }

    private void read(Row row, String neighbour, Consumer<FileEntry> to) {
        if (isNote(row)) {
            to.accept(FileEntry.Passed.NO_COUNT);
            return;
        }
        for (Column column : columns) {
            if (!(row.cell(column.name()).isEmpty() && row.cell(column.count()).isEmpty())) {
                to.accept(read(row, neighbour, column));
            }
        }
    }

    private FileEntry read(Row row, String neighbour, Column column) {
        String name = spelt(row.cell(column.name()), neighbour);
        String count = row.cell(column.count());
        int year = yearColumn < 0 ? column.year() : Cells.year(row.cell(yearColumn));
        if (year < 0 || column.year() != null && column.year() != year) {
            return Figures.unusable(row, "bad-year", "not a year, or not the year of this table", row.cell(yearColumn));
        }
        return wide
                ? Figures.PLAIN.ofCell(row, year, column.gender(), name, count)
                : Figures.PLAIN.of(row, year, column.gender(), name, count);
    }

    /** Excel takes the name True for a truth value and forgets its case; its neighbours tell. */
    static String spelt(String name, String neighbour) {
        if (!(name.equals("TRUE") || name.equals("FALSE")) || neighbour.equals(neighbour.toUpperCase(Locale.ROOT))) {
            return name;
        }
        String rest = name.substring(1).toLowerCase(Locale.ROOT);
        return Character.isLowerCase(neighbour.charAt(0)) ? name.toLowerCase(Locale.ROOT) : name.charAt(0) + rest;
    }

    /** A footnote, a total, the header once more: nothing where names and counts are; or, in a wide table, a text before no counts at all. */
    private boolean isNote(Row row) {
        boolean counts = columns.stream().anyMatch(c -> !row.cell(c.count()).isEmpty());
        boolean names = columns.stream().anyMatch(c -> !row.cell(c.name()).isEmpty());
        boolean total = row.cell(columns.get(0).name()).equalsIgnoreCase("All names");
        return total || !counts && (wide || !names) || row.cells().equals(header.cells());
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
