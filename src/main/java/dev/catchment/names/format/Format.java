package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** One way in which one publisher writes its figures. Has no state. */
public interface Format {
    /** Its name in the payload of a job, the same for ever: {@code us_ssa}. */
    String name();

    /** Who publishes in it: {@code us-ssa}. */
    String source();

    /**
     * What the file is, told from its content; empty if it is not of this format. Usually one; a packed file whose
     * entries cover different regions is one publication an entry.
     *
     * @throws dev.catchment.errors.PermanentFailure if it is of this format and must be refused all the same: its name
     *     contradicts its title, it holds only ranks
     */
    List<Publication> recognise(NamesFile file) throws IOException;

    /**
     * Whether the file itself tells that it is this publisher's: a heading in words of its own, a title. Where it could as
     * well be another's that is not known here, whoever brings it says the source.
     *
     * @param found what it was recognised as; empty if that failed
     */
    default boolean isSigned(NamesFile file, List<Publication> found) throws IOException {
        return true;
    }

    /** What it says, in its order, read as it is asked for; to be closed. */
    Stream<FileEntry> read(NamesFile file, Publication publication) throws IOException;
}
