package dev.catchment.names;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A format of one text that is one wide table of one gender, which stands in the file's name alone. */
abstract class WideText implements Format {
    private final String name;
    private final String source;
    private final String nameHeading;

    WideText(String name, String source, String nameHeading) {
        this.name = name;
        this.source = source;
        this.nameHeading = nameHeading;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<Publication> recognise(NamesFile file) throws IOException {
        if (file.texts().size() != 1) {
            return List.of();
        }
        TextPart text = file.texts().get(0);
        Optional<WideTable> table = WideTable.in(text.head(), nameHeading);
        if (table.isEmpty() || !isOurs(file, text, table.get())) {
            return List.of();
        }
        Claims<Integer> hinted = Claims.year(file);
        if (hinted.agreed() != null) {
            table.get().years().stream().filter(year -> year > 0).forEach(year -> hinted.by("column " + year, year));
        }
        Gender named = FileName.gender(file.name());
        Gender gender = GenderByNames.confirm(
                file, named, table.get().read(text.rows(), nameHeading, named == null ? Gender.F : named));
        return List.of(new Publication(name, source, null, null, hinted.agreed(), gender));
    }

    /** Whether it is this publisher's, where the heading of the names alone does not tell. */
    abstract boolean isOurs(NamesFile file, TextPart text, WideTable table) throws IOException;

    @Override
    public final Stream<Entry> read(NamesFile file, Publication publication) throws IOException {
        TextPart text = file.text(publication);
        return WideTable.in(text.head(), nameHeading)
                .orElseThrow()
                .read(text.rows(), nameHeading, publication.gender());
    }
}
