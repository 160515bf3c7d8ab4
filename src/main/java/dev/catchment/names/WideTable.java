package dev.catchment.names;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table with a row for each name and a column for each year.
 *
 * @param years of each column; 0 where the column holds sums or ranks; the name is in the first
 * @param hasTotal whether a column holds sums
 */
record WideTable(List<Integer> years, boolean hasTotal) {
    private static final Set<String> SUMS = Set.of("somme:", "total", "total:");

    /** Finds its heading. */
    static Optional<WideTable> in(List<Row> head, String nameHeading) {
        return head.stream()
                .filter(row ->
                        row.cells().size() > 2 && Cells.heading(row.cell(0)).equals(nameHeading))
                .map(WideTable::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<WideTable> of(Row heading) {
        List<String> cells = heading.cells().stream().map(Cells::heading).toList();
        List<Integer> years = IntStream.range(0, cells.size())
                .mapToObj(i -> i == 0 ? 0 : year(cells.get(i)))
                .toList();
        long different = years.stream().filter(year -> year > 0).distinct().count();
        long all = years.stream().filter(year -> year != 0).count();
        boolean total = cells.stream().anyMatch(SUMS::contains);
        return different > 0 && different == all ? Optional.of(new WideTable(years, total)) : Optional.empty();
    }

    /** {@code 2015}, or {@code 2024 Count} beside {@code 2024 Rank}; -1 if it is nothing known. */
    private static int year(String heading) {
        return SUMS.contains(heading) || heading.matches("\\d{4} rank") ? 0 : Cells.year(heading.replace(" count", ""));
    }

    Stream<Entry> read(Stream<Row> rows, String nameHeading, Gender gender) {
        return rows.dropWhile(row -> !Cells.heading(row.cell(0)).equals(nameHeading))
                .skip(1)
                .mapMulti((row, entries) -> read(row, gender, entries));
    }

    private void read(Row row, Gender gender, Consumer<Entry> entries) {
        if (SUMS.contains(Cells.heading(row.cell(0)))) {
            entries.accept(Entry.Passed.NO_COUNT);
        } else if (row.cells().size() != years.size()) {
            entries.accept(Figures.unusable(
                    row,
                    "bad-fields",
                    "not " + years.size() + " fields",
                    String.valueOf(row.cells().size())));
        } else {
            for (int i = 1; i < years.size(); i++) {
                entries.accept(cell(row, years.get(i), gender, row.cell(i)));
            }
        }
    }

    private static Entry cell(Row row, int year, Gender gender, String count) {
        if (year == 0) {
            return Entry.Passed.NO_COUNT;
        }
        return count.isEmpty() || count.equals("0")
                ? Entry.Passed.NONE
                : Figures.GROUPED.of(row, year, gender, row.cell(0), count);
    }
}
