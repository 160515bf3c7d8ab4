package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.FileName;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A format of one text that is one wide table of one gender, which stands in the file's name alone. */
public class WideText implements Format {
    private final String name;
    private final String source;
    private final String nameHeading;

    public WideText(String name, String source, String nameHeading) {
        this.name = name;
        this.source = source;
        this.nameHeading = nameHeading;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String source() {
        return source;
    }

    @Override
    public final List<Publication> recognise(NamesFile file) throws IOException {
        if (file.texts().size() != 1) {
            return List.of();
        }
        TextFile text = file.texts().get(0);
        Optional<WideLayout> layout = layout(text);
        if (layout.isEmpty() || !isOurs(file, text, layout.get())) {
            return List.of();
        }
        Gender named = FileName.gender(file.name());
        Stream<FileEntry> entries = layout.get().read(text.rows(), named == null ? Gender.F : named);
        Gender gender = GenderByNames.confirm(file.hints(), "the file's name", named, entries);
        return List.of(new Publication(name, source, null, null, null, gender));
    }

    /** Whether it is this publisher's, where the heading of the names alone does not tell. */
    public boolean isOurs(NamesFile file, TextFile text, WideLayout layout) throws IOException {
        return true;
    }

    @Override
    public final Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        TextFile text = file.text(publication);
        return layout(text).orElseThrow().read(text.rows(), publication.gender());
    }

    private Optional<WideLayout> layout(TextFile text) throws IOException {
        return WideLayout.in(text.head(), nameHeading);
    }
}
