package dev.catchment.names.publisher;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.Cells;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.Figures;
import dev.catchment.names.format.Format;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Statistics Canada's table 17-10-0147-01 as a whole, English or French, alone or in its zip beside a file of
 * footnotes. Each name has three rows a year: how often, which rank, which share.
 *
 * @see <a href="https://www.statcan.gc.ca/en/developers/csv/user-guide">Full Table Download (CSV) User Guide</a>
 */
final class CaStatcan implements Format {
    private static final String ENTRY = "17100147.csv";
    /** Of either language; the order is that of {@link Columns}. */
    private static final List<Set<String>> HEADINGS = List.of(
            Set.of("ref_date", "période de référence"),
            Set.of("geo", "géo"),
            Set.of("sex at birth", "sexe à la naissance"),
            Set.of("first name at birth", "prénom à la naissance"),
            Set.of("indicator", "indicateur"),
            Set.of("value", "valeur"),
            Set.of("status", "statut"));

    private static final Map<String, Boolean> INDICATORS =
            Map.of("frequency", true, "fréquence", true, "rank", false, "rang", false, "proportion (%)", false);

    private record Columns(int width, int year, int geo, int gender, int name, int indicator, int value, int status) {
        static Optional<Columns> of(Row heading) {
            List<String> cells = heading.cells().stream().map(Cells::heading).toList();
            int[] at = HEADINGS.stream()
                    .mapToInt(either -> cells.stream()
                            .filter(either::contains)
                            .findFirst()
                            .map(cells::indexOf)
                            .orElse(-1))
                    .toArray();
            return Arrays.stream(at).anyMatch(i -> i < 0)
                    ? Optional.empty()
                    : Optional.of(new Columns(cells.size(), at[0], at[1], at[2], at[3], at[4], at[5], at[6]));
        }
    }

    @Override
    public String name() {
        return "ca_statcan";
    }

    @Override
    public String source() {
        return "ca-statcan";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        boolean one = file.texts().size() == 1;
        for (TextFile text : file.texts()) {
            refuseDisplayed(text);
            Optional<Columns> columns = columns(text);
            if (columns.isPresent() && (one || text.name().equals(ENTRY))) {
                return List.of(new Publication(name(), source(), null, one ? null : ENTRY, null, null));
            }
        }
        return List.of();
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        TextFile text = file.text(publication);
        Columns columns = columns(text).orElseThrow();
        return text.rows().dropWhile(row -> Columns.of(row).isEmpty()).skip(1).map(row -> entry(row, columns));
    }

    private static Optional<Columns> columns(TextFile text) throws IOException {
        return text.head().stream().flatMap(row -> Columns.of(row).stream()).findFirst();
    }

    private static FileEntry entry(Row row, Columns columns) {
        if (row.cells().size() != columns.width) {
            return Figures.unusable(row, columns.width);
        }
        Boolean counts = INDICATORS.get(row.cell(columns.indicator).toLowerCase(Locale.ROOT));
        if (counts == null) {
            return Figures.unusable(row, "bad-indicator", "no known indicator", row.cell(columns.indicator));
        }
        // Later releases may hold provinces, which are parts of Canada.
        if (!counts || !row.cell(columns.geo).equals("Canada")) {
            return FileEntry.Passed.NO_COUNT;
        }
        return row.cell(columns.value).isEmpty() ? absent(row, columns) : figure(row, columns);
    }

    private static FileEntry absent(Row row, Columns columns) {
        return Cells.isSuppressed(row.cell(columns.status)) ? FileEntry.Passed.SUPPRESSED : FileEntry.Passed.NONE;
    }

    private static FileEntry figure(Row row, Columns columns) {
        return Figures.WHOLE.of(
                row, row.cell(columns.year), row.cell(columns.gender), row.cell(columns.name), row.cell(columns.value));
    }

    private static void refuseDisplayed(TextFile text) throws IOException {
        if (text.head().stream().anyMatch(row -> row.cell(0).matches("(?i)tab(le|leau) ?: ?17-10-0147.*"))) {
            throw new PermanentFailure("This is a part of table 17-10-0147 as it is displayed, not the whole table."
                    + " Bring 17100147-eng.zip or 17100147-fra.zip.");
        }
    }
}
