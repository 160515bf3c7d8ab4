package dev.catchment.names;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How one publication is read.
 *
 * @param place where its file lies; asked once the run is open
 * @param name what the file was called when it came
 */
record Reading(Supplier<Path> place, String name, Publication publication, Formats formats) implements Load.Source {
    @Override
    public NamesFile open() throws IOException {
        Hints hints = new Hints(publication.source(), publication.year(), publication.gender());
        return NamesFile.open(place.get(), name, hints);
    }

    @Override
    public Stream<Entry> read(NamesFile file) throws IOException {
        return formats.named(publication.format()).read(file, publication);
    }
}
