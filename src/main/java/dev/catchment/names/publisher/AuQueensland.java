package dev.catchment.names.publisher;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.Figures;
import dev.catchment.names.format.Format;
import dev.catchment.names.format.Layout;
import dev.catchment.names.format.LongText;
import dev.catchment.names.format.Signature;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Queensland, the first hundred of each year: one long table for 1960 to 2005, then girls and boys side by side in a
 * table a year, whose year stands in the file's name behind the day of publication.
 */
final class AuQueensland implements Format {
    private static final String PAIRS = "Girl Names,Count of Girl Names,Boy Names,Count of Boy Names";
    private static final Layout GIRLS = Layout.of(PAIRS, null, null, "girl names", "count of girl names");
    private static final Layout BOYS = Layout.of(PAIRS, null, null, "boy names", "count of boy names");

    private final LongText years = new LongText(
            "au_qld",
            "au-qld",
            Signature.of(
                    "queensland|qld",
                    "1960 F KAREN 446",
                    "1960 M PETER 878",
                    "1983 F REBECCA 518",
                    "1983 M MATTHEW 724"),
            Layout.of("Name,Sex,Year,Count", "year", "sex", "name", "count")) {};

    @Override
    public String name() {
        return "au_qld";
    }

    @Override
    public String source() {
        return "au-qld";
    }

    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        return half(file, GIRLS).isPresent() || years.isSigned(file, found);
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        if (half(file, GIRLS).isEmpty()) {
            return years.recognise(file);
        }
        Integer year = AgreedFact.year(file.hints())
                .by("the file's name", FileName.year(file.name()))
                .known();
        return List.of(new Publication(name(), "au-qld", null, null, year, null));
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        Optional<Layout> girls = half(file, GIRLS);
        if (girls.isEmpty()) {
            return years.read(file, publication);
        }
        Layout boys = half(file, BOYS).orElseThrow();
        return boys.below(file.text(publication).rows())
                .mapMulti((row, entries) -> read(row, girls.get(), boys, publication.year(), entries));
    }

    private static Optional<Layout> half(NamesFile file, Layout half) throws IOException {
        return file.texts().size() == 1 ? Layout.in(file.texts().get(0).head(), List.of(half)) : Optional.empty();
    }

    private static void read(Row row, Layout girls, Layout boys, int year, Consumer<FileEntry> entries) {
        if (row.cells().size() < 4 || !row.isBlankFrom(4)) {
            entries.accept(Figures.unusable(row, 4));
        } else {
            entries.accept(entry(row, girls, year, Gender.F));
            entries.accept(entry(row, boys, year, Gender.M));
        }
    }

    /** One column may be longer than the other. */
    private static FileEntry entry(Row row, Layout half, int year, Gender gender) {
        String name = row.cell(half.name());
        String count = row.cell(half.count());
        return name.isEmpty() && count.isEmpty()
                ? FileEntry.Passed.NONE
                : Figures.PLAIN.of(row, year, gender, name, count);
    }
}
