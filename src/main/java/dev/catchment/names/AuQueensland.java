package dev.catchment.names;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Queensland, the first hundred of each year: one long table for 1960 to 2005, then girls and boys side by side in a
 * table a year, whose year stands in the file's name behind the day of publication.
 */
final class AuQueensland implements Format {
    private static final Layout PAIRS = Layout.of(
            "Girl Names,Count of Girl Names,Boy Names,Count of Boy Names",
            null,
            null,
            "girl names",
            "count of girl names");

    private final LongTable years =
            new LongTable("au_qld", "au-qld", Layout.of("Name,Sex,Year,Count", "year", "sex", "name", "count")) {};

    @Override
    public String name() {
        return "au_qld";
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        if (!isPaired(file)) {
            return years.recognise(file);
        }
        Integer year = Claims.year(file)
                .by("the file's name", FileName.year(file.name()))
                .known();
        Gender neither = Claims.gender(file)
                .confirmedBy(
                        file.texts().get(0).rows(), row -> file.hints().gender() == Gender.F ? Gender.M : Gender.F);
        return List.of(new Publication(name(), "au-qld", null, null, year, neither));
    }

    @Override
    public Stream<Entry> read(NamesFile file, Publication publication) throws IOException {
        if (!isPaired(file)) {
            return years.read(file, publication);
        }
        return PAIRS.below(file.text(publication).rows())
                .mapMulti((row, entries) -> read(row, publication.year(), entries));
    }

    private static boolean isPaired(NamesFile file) throws IOException {
        return file.texts().size() == 1
                && file.texts().get(0).head().stream().limit(1).anyMatch(PAIRS::isHeadedBy);
    }

    /** One column may be longer than the other. */
    private static void read(Row row, int year, Consumer<Entry> entries) {
        if (row.cells().size() < 4 || !row.isBlankFrom(4)) {
            entries.accept(Figures.unusable(
                    row,
                    "bad-fields",
                    "not 4 fields",
                    String.valueOf(row.cells().size())));
            return;
        }
        for (int i = 0; i < 4; i += 2) {
            boolean none = row.cell(i).isEmpty() && row.cell(i + 1).isEmpty();
            entries.accept(
                    none
                            ? Entry.Passed.NONE
                            : Figures.PLAIN.of(row, year, i == 0 ? Gender.F : Gender.M, row.cell(i), row.cell(i + 1)));
        }
    }
}
