package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A table with a row for each figure, known by its heading.
 *
 * @param heading all its columns
 * @param year the column of the year; -1 if it has none
 * @param gender the column of the gender; -1 if it has none
 */
public record Layout(List<String> heading, int year, int gender, int name, int count) {
    /** @param year heading of the column of the year, null if it has none; so are the others */
    public static Layout of(String heading, String year, String gender, String name, String count) {
        List<String> cells =
                Arrays.stream(heading.split(",")).map(Cells::heading).toList();
        return new Layout(cells, column(cells, year), column(cells, gender), column(cells, name), column(cells, count));
    }

    private static int column(List<String> cells, String heading) {
        if (heading != null && !cells.contains(heading)) {
            throw new IllegalArgumentException(heading + " is not one of " + cells);
        }
        return heading == null ? -1 : cells.indexOf(heading);
    }

    /** The first of the layouts whose heading stands there, with the columns in the order in which they stand. */
    public static Optional<Layout> in(List<Row> head, List<Layout> layouts) {
        return head.stream()
                .flatMap(row -> layouts.stream().flatMap(layout -> layout.headedBy(row).stream()))
                .findFirst();
    }

    /** This layout with its columns where the heading has them, whatever their order; empty if it is another heading. */
    private Optional<Layout> headedBy(Row row) {
        if (row.cells().size() < heading.size() || !row.isBlankFrom(heading.size())) {
            return Optional.empty();
        }
        List<String> cells =
                row.cells().stream().limit(heading.size()).map(Cells::heading).toList();
        boolean same = cells.stream()
                .sorted()
                .toList()
                .equals(heading.stream().sorted().toList());
        return same
                ? Optional.of(new Layout(cells, in(cells, year), in(cells, gender), in(cells, name), in(cells, count)))
                : Optional.empty();
    }

    private int in(List<String> cells, int column) {
        return column < 0 ? -1 : cells.indexOf(heading.get(column));
    }

    boolean isHeadedBy(Row row) {
        return headedBy(row).isPresent();
    }

    /** What stands above the heading: titles and remarks. */
    Stream<Row> above(List<Row> head) {
        return head.stream().takeWhile(row -> !isHeadedBy(row));
    }

    public Stream<Row> below(Stream<Row> rows) {
        return rows.dropWhile(row -> !isHeadedBy(row)).skip(1);
    }

    /**
     * @param all says the year and the gender of all figures where the table has no column of them
     * @param passed tells rows that are rightly no figures
     */
    public Stream<FileEntry> read(Stream<Row> rows, Publication all, Predicate<Row> passed) {
        return below(rows)
                .map(row -> passed.test(row) || isRepeated(row) ? FileEntry.Passed.NO_COUNT : entry(row, all));
    }

    /** Who puts files together leaves the heading of each. */
    private boolean isRepeated(Row row) {
        return row.cell(count).equalsIgnoreCase(heading.get(count)) && isHeadedBy(row);
    }

    public FileEntry entry(Row row, Publication all) {
        if (row.cells().size() < heading.size() || !row.isBlankFrom(heading.size())) {
            return Figures.unusable(row, heading.size());
        }
        String ofYear = year < 0 ? String.valueOf(all.year()) : row.cell(year);
        String ofGender = gender < 0 ? all.gender().name() : row.cell(gender);
        return Figures.PLAIN.of(row, ofYear, ofGender, row.cell(name), row.cell(count));
    }
}
