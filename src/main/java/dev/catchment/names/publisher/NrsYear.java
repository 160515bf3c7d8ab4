package dev.catchment.names.publisher;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.Row;
import dev.catchment.names.file.TextFile;
import dev.catchment.names.format.AgreedFact;
import dev.catchment.names.format.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The list of one year of National Records of Scotland, a text a gender or a zip of both: a title that says gender and
 * year, remarks, the heading, the names, footnotes. The column NB tells of children who have died; it is never read.
 */
final class NrsYear {
    private static final Pattern TITLE =
            Pattern.compile("(?i)first forenames given to (boys|girls), Scotland, (\\d{4})");
    private static final List<Layout> LAYOUTS = Stream.of("Rank", "Rank1")
            .flatMap(rank -> Stream.of("boys' names", "girls' names")
                    .map(names -> Layout.of(
                            rank + "," + names + ",Number of babies,NB", null, null, names, "number of babies")))
            .toList();

    private static final int COLUMNS = 4;

    private final String format;

    NrsYear(String format) {
        this.format = format;
    }

    List<Publication> recognise(NamesFile file) throws IOException {
        AgreedFact<Integer> year = AgreedFact.year(file.hints());
        Gender gender = null;
        for (TextFile text : file.texts()) {
            Optional<Matcher> title = title(text);
            Optional<Layout> layout = layout(text);
            if (title.isEmpty() || layout.isEmpty()) {
                return List.of();
            }
            year.by("the title in " + text.name(), Integer.valueOf(title.get().group(2)));
            gender = gender(text, title.get(), layout.get());
        }
        Gender ofAll = file.texts().size() == 1 ? gender : null;
        return file.texts().isEmpty()
                ? List.of()
                : List.of(new Publication(format, "gb-nrs", null, null, year.known(), ofAll));
    }

    Stream<FileEntry> read(NamesFile file, Publication publication) {
        return file.texts().stream().flatMap(text -> read(text, publication.year()));
    }

    private Stream<FileEntry> read(TextFile text, Integer year) {
        try {
            Gender gender = Gender.of(title(text).orElseThrow().group(1)).orElseThrow();
            Publication one = new Publication(format, "gb-nrs", null, text.name(), year, gender);
            return layout(text).orElseThrow().read(text.rows().map(NrsYear::named), one, row -> row.isBlankFrom(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Far right of the columns that have a heading, a mark of NB may have gone astray. */
    private static Row named(Row row) {
        return new Row(
                row.position(),
                row.cells().subList(0, Math.min(COLUMNS, row.cells().size())));
    }

    /** Title, heading and the name of the file say it, each for itself. */
    private static Gender gender(TextFile text, Matcher title, Layout layout) {
        return AgreedFact.gender(Hints.NONE)
                .by("the title", Gender.of(title.group(1)).orElseThrow())
                .by("the heading", FileName.gender(layout.heading().get(layout.name())))
                .by("the file's name", FileName.gender(text.name()))
                .known();
    }

    private static Optional<Matcher> title(TextFile text) throws IOException {
        return text.head().stream()
                .map(row -> TITLE.matcher(row.cell(0)))
                .filter(Matcher::find)
                .findFirst();
    }

    private static Optional<Layout> layout(TextFile text) throws IOException {
        return Layout.in(text.head(), LAYOUTS);
    }
}
