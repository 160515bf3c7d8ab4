package dev.catchment.names.format;

import dev.catchment.names.file.Cells;
import dev.catchment.names.file.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The heading of a table with a row for each figure, in words that any publisher may use: it says what, not whose. */
public final class CommonHeading {
    private static final Set<String> YEARS = Set.of("year", "yr", "year of birth", "birth year");
    private static final Set<String> GENDERS = Set.of("sex", "gender");
    private static final Set<String> NAMES = Set.of(
            "name", "names", "first name", "firstname", "given name", "forename", "baby name", "child's first name");
    private static final Set<String> COUNTS =
            Set.of("count", "number", "frequency", "amount", "births", "total", "occurrences", "number of babies", "n");
    /** Of no matter; the first one is the row number of an export. */
    private static final Set<String> OTHERS = Set.of("", "rank", "position", "no", "no.", "id");

    private static final List<Set<String>> ALL = List.of(YEARS, GENDERS, NAMES, COUNTS, OTHERS);

    private CommonHeading() {}

    /** The layout under the first such heading that names a name and a count. */
    public static Optional<Layout> in(List<Row> head) {
        return head.stream().flatMap(row -> layout(row).stream()).findFirst();
    }

    /** One that has a year and a gender in each row besides. */
    static Optional<Layout> ofRows(List<Row> head) {
        return in(head).filter(layout -> layout.year() >= 0 && layout.gender() >= 0);
    }

    /** Whether the heading is one that anybody could have written. */
    public static boolean isThatOf(Layout layout) {
        return layout(layout.heading()).isPresent();
    }

    private static Optional<Layout> layout(Row row) {
        int width = IntStream.iterate(row.cells().size(), i -> i > 0, i -> i - 1)
                .filter(i -> !row.cell(i - 1).isEmpty())
                .findFirst()
                .orElse(0);
        return layout(row.cells().stream().limit(width).map(Cells::heading).toList());
    }

    private static Optional<Layout> layout(List<String> cells) {
        boolean isKnown = cells.stream().allMatch(cell -> ALL.stream().anyMatch(words -> words.contains(cell)))
                && once(cells, NAMES::contains)
                && once(cells, COUNTS::contains)
                && !twice(cells, YEARS::contains)
                && !twice(cells, GENDERS::contains);
        return isKnown
                ? Optional.of(
                        new Layout(cells, at(cells, YEARS), at(cells, GENDERS), at(cells, NAMES), at(cells, COUNTS)))
                : Optional.empty();
    }

    private static boolean once(List<String> cells, Predicate<String> words) {
        return cells.stream().filter(words).count() == 1;
    }

    private static boolean twice(List<String> cells, Predicate<String> words) {
        return cells.stream().filter(words).count() > 1;
    }

    private static int at(List<String> cells, Set<String> words) {
        return IntStream.range(0, cells.size())
                .filter(i -> words.contains(cells.get(i)))
                .findFirst()
                .orElse(-1);
    }
}
