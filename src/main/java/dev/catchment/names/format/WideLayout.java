package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table with a row for each name and a column for each year, known by its heading.
 *
 * @param heading all its columns; the name is in the first
 * @param years of each column; 0 where the column holds names, sums or ranks
 */
public record WideLayout(List<String> heading, List<Integer> years) {
    private static final Set<String> SUMS = Set.of("somme:", "total", "total:");

    static Optional<WideLayout> in(List<Row> head, String nameHeading) {
        return head.stream()
                .filter(row ->
                        row.cells().size() > 2 && Cells.heading(row.cell(0)).equals(nameHeading))
                .map(WideLayout::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<WideLayout> of(Row row) {
        List<String> heading = row.cells().stream().map(Cells::heading).toList();
        List<Integer> years = IntStream.range(0, heading.size())
                .mapToObj(i -> i == 0 ? 0 : year(heading.get(i)))
                .toList();
        long different = years.stream().filter(year -> year > 0).distinct().count();
        long all = years.stream().filter(year -> year != 0).count();
        return different > 0 && different == all ? Optional.of(new WideLayout(heading, years)) : Optional.empty();
    }

    /** {@code 2015}, or {@code 2024 Count} beside {@code 2024 Rank}; -1 if it is nothing known. */
    private static int year(String heading) {
        return SUMS.contains(heading) || heading.matches("\\d{4} rank") ? 0 : Cells.year(heading.replace(" count", ""));
    }

    public boolean hasTotal() {
        return heading.stream().anyMatch(SUMS::contains);
    }

    public int firstYear() {
        return years.stream().filter(year -> year > 0).min(Integer::compare).orElseThrow();
    }

    Stream<FileEntry> read(Stream<Row> rows, Gender gender) {
        return rows.dropWhile(row -> !isHeading(row)).skip(1).mapMulti((row, entries) -> read(row, gender, entries));
    }

    private boolean isHeading(Row row) {
        return Cells.heading(row.cell(0)).equals(heading.get(0))
                && row.cells().stream().map(Cells::heading).toList().equals(heading);
    }

    private void read(Row row, Gender gender, Consumer<FileEntry> entries) {
        if (SUMS.contains(Cells.heading(row.cell(0))) || isHeading(row)) {
            entries.accept(FileEntry.Passed.NO_COUNT);
        } else if (row.cells().size() != heading.size()) {
            entries.accept(Figures.unusable(row, heading.size()));
        } else {
            for (int i = 1; i < years.size(); i++) {
                entries.accept(cell(row, years.get(i), gender, row.cell(i)));
            }
        }
    }

    private static FileEntry cell(Row row, int year, Gender gender, String count) {
        return year == 0 ? FileEntry.Passed.NO_COUNT : Figures.GROUPED.ofCell(row, year, gender, row.cell(0), count);
    }
}
