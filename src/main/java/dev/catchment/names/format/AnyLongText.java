package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A long table under a common heading that its source is not known to use, of whom whoever brings it says that it is. */
public final class AnyLongText implements Format {
    /** A file of theirs is of one state, which such a heading does not say. */
    private static final String STATES = "us-ssa-state";

    @Override
    public String name() {
        return "any_long_text";
    }

    /** Nobody's until somebody says so. */
    @Override
    public String source() {
        return null;
    }

    @Override
    public List<Publication> recognise(NamesFile file) throws IOException {
        String source = file.hints().source();
        return source == null || source.equals(STATES) || layout(file).isEmpty()
                ? List.of()
                : List.of(new Publication(name(), source, null, null, null, null));
    }

    @Override
    public boolean isSigned(NamesFile file, List<Publication> found) {
        return false;
    }

    @Override
    public Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException {
        return layout(file).orElseThrow().read(file.text(publication).rows(), publication, row -> false);
    }

    private static Optional<Layout> layout(NamesFile file) throws IOException {
        return file.texts().size() == 1
                ? CommonHeading.ofRows(file.texts().get(0).head())
                : Optional.empty();
    }
}
