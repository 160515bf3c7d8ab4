package dev.catchment.names;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A format of one text that is one table with a row for each figure, which says its year and mostly its gender. */
abstract class LongText implements Format {
    private final String name;
    private final String source;
    private final List<Layout> layouts;

    LongText(String name, String source, Layout... layouts) {
        this.name = name;
        this.source = source;
        this.layouts = List.of(layouts);
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
        Optional<Layout> layout = layout(text);
        return layout.isEmpty() || !isOurs(file, text, layout.get())
                ? List.of()
                : List.of(new Publication(name, source, null, null, null, gender(file, text)));
    }

    @Override
    public final Stream<Entry> read(NamesFile file, Publication publication) throws IOException {
        TextPart text = file.text(publication);
        return layout(text).orElseThrow().read(text.rows(), publication, row -> false);
    }

    /** Whether it is this publisher's, where the heading alone does not tell; refuses what must not be loaded. */
    boolean isOurs(NamesFile file, TextPart text, Layout layout) throws IOException {
        return true;
    }

    /** The gender of all its figures; null where its rows say each its own. */
    Gender gender(NamesFile file, TextPart text) throws IOException {
        return null;
    }

    Optional<Layout> layout(TextPart text) throws IOException {
        return Layout.in(text.head(), layouts);
    }
}
