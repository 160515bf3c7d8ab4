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
import dev.catchment.names.format.Layout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state files of the Social Security Administration: {@code AK.TXT} with lines {@code AK,F,1910,Mary,14}, one or a
 * zip of all. Each state is a publication.
 */
final class UsSsaState implements Format {
    private static final Layout COLUMNS = Layout.of("state,sex,year,name,count", "year", "sex", "name", "count");

    /** The District of Columbia among them; ON and BC are no states, though their tables may look the same. */
    private static final Set<String> STATES =
            Set.of(("AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI"
                            + " MN MO MS MT NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY")
                    .split(" "));

    @Override
    public String name() {
        return "us_ssa_state";
    }

    @Override
    public String source() {
        return "us-ssa-state";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        List<Publication> publications = new ArrayList<>();
        for (TextFile text : file.texts()) {
            if (!UsSsa.isMostly(text, UsSsaState::fits)) {
                return List.of();
            }
            String entry = file.texts().size() == 1 ? null : text.name();
            publications.add(new Publication(name(), source(), "US-" + state(text), entry, null, null));
        }
        return publications;
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        String state = publication.region().substring("US-".length());
        return file.text(publication)
                .rows()
                .map(row -> row.cell(0).equals(state) || row.cells().size() != 5
                        ? COLUMNS.entry(row, publication)
                        : Figures.unusable(row, "bad-region", "another state than " + state, row.cell(0)));
    }

    private static boolean fits(Row row) {
        return row.cells().size() == 5
                && STATES.contains(row.cell(0))
                && row.cell(1).matches("[FM]")
                && Cells.year(row.cell(2)) > 0
                && Cells.count(row.cell(4)) > 0;
    }

    /** Of most of its first lines. */
    private static String state(TextFile text) throws IOException {
        String state = text.head().stream()
                .filter(UsSsaState::fits)
                .collect(Collectors.groupingBy(row -> row.cell(0), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        if (text.name().matches("(?i)[A-Z]{2}\\.txt")
                && !text.name().substring(0, 2).equalsIgnoreCase(state)) {
            throw new PermanentFailure(text.name() + " is named for one state and holds figures of another, " + state
                    + ". Find out which is right, and rename it.");
        }
        return state;
    }
}
