package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import dev.catchment.names.file.TextFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A format of one text that is one table with a row for each figure, which says its year and mostly its gender. */
public class LongText implements Format {
    private final String name;
    private final String source;
    private final Signature signature;
    private final List<Layout> layouts;

    /** @param signature tells that a table under a common heading is this publisher's */
    public LongText(String name, String source, Signature signature, Layout... layouts) {
        this.name = name;
        this.source = source;
        this.signature = signature;
        this.layouts = List.of(layouts);
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
        Optional<Layout> layout = layout(text);
        return layout.isEmpty() || !isOurs(file, text, layout.get())
                ? List.of()
                : List.of(new Publication(name, source, null, null, null, gender(file, text, layout.get())));
    }

    @Override
    public final boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        TextFile text = file.texts().get(0);
        Layout layout = layout(text).orElseThrow();
        Stream<String> titles = layout.above(text.head()).flatMap(row -> row.cells().stream());
        return !CommonHeading.isThatOf(layout)
                || signature.isIn(Stream.concat(Stream.of(file.name()), titles))
                || !found.isEmpty() && signature.isBorneOutBy(read(file, found.get(0)));
    }

    @Override
    public final Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        TextFile text = file.text(publication);
        return layout(text).orElseThrow().read(text.rows(), publication, row -> false);
    }

    /** Whether it is this publisher's, where the heading alone does not tell; refuses what must not be loaded. */
    public boolean isOurs(NamesFile file, TextFile text, Layout layout) throws IOException {
        return true;
    }

    private Gender gender(NamesFile file, TextFile text, Layout layout) throws IOException {
        return layout.gender() < 0 ? gender(file, text) : null;
    }

    /** The gender of all its figures, whose rows do not say it. */
    public Gender gender(NamesFile file, TextFile text) throws IOException {
        return null;
    }

    /** Under one of its own headings, or under any that names year and gender: a publisher may change its words. */
    public Optional<Layout> layout(TextFile text) throws IOException {
        Optional<Layout> own = Layout.in(text.head(), layouts);
        return own.isPresent() ? own : CommonHeading.ofRows(text.head());
    }
}
