package dev.catchment.names.reading;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.file.NamesFile;
import dev.catchment.reader.ReaderAnswer;
import dev.catchment.reader.ReaderFailure;
import dev.catchment.reader.Readers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Reads published files in processes of their own: what is packed or crafted may fill any heap, and never end. */
public final class FileReader implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Of the publications of one file: a zip has 2,000 entries at the most. */
    private static final long MOST_PUBLICATIONS = 4L << 20;

    private final Readers readers;
    private final Duration longest;

    /**
     * @param workers that load side by side; one file more can be recognised meanwhile
     * @param heap of each process, in bytes
     * @param timeout until a file is recognised, and from one piece of its figures to the next, in milliseconds
     */
    public FileReader(int workers, long heap, long timeout) {
        this.readers = new Readers(workers + 1, heap);
        this.longest = Duration.ofMillis(timeout);
    }

    /** A file to be read. @param publication as what; null if it is to be recognised */
    record Question(String path, String name, Hints hints, Publication publication) {
        NamesFile open() throws IOException {
            return NamesFile.open(Path.of(path), name, hints);
        }
    }

    /** @throws PermanentFailure if it is refused, or cannot be read within what a process may take */
    public List<Publication> recognise(Path file, String name, Hints hints) throws IOException {
        byte[] question = JSON.writeValueAsBytes(new Question(file.toString(), name, hints, null));
        try {
            return recognised(question);
        } catch (ReaderFailure e) {
            if (e.kind() != ReaderFailure.Kind.DIED) {
                throw unreadable(e);
            }
        }
        // Somebody may have ended it, or the system was short of memory; the file is to blame if it happens again.
        try {
            return recognised(question);
        } catch (ReaderFailure again) {
            throw new PermanentFailure(words(again));
        }
    }

    private List<Publication> recognised(byte[] question) throws IOException {
        try (ReaderAnswer answer = readers.ask(RecogniseTask.class, longest, MOST_PUBLICATIONS, question)) {
            return JSON.readValue(answer.readAllBytes(), new TypeReference<List<Publication>>() {});
        }
    }

    /** What a file says, as it is read; to be closed. @throws PermanentFailure as above, as do its entries */
    public EntryStream read(Path file, String name, Publication publication) throws IOException {
        Hints hints = new Hints(publication.source(), publication.year(), publication.gender());
        byte[] question = JSON.writeValueAsBytes(new Question(file.toString(), name, hints, publication));
        try {
            return new EntryStream(readers.ask(ReadTask.class, longest, Long.MAX_VALUE, question));
        } catch (ReaderFailure e) {
            throw unreadable(e);
        }
    }

    /** Whose process died without a word is read again, as often as its job may be tried. */
    static RuntimeException unreadable(ReaderFailure e) {
        return e.kind() == ReaderFailure.Kind.DIED ? new TransientFailure(words(e), e) : new PermanentFailure(words(e));
    }

    private static String words(ReaderFailure e) {
        String what = switch (e.kind()) {
            case MEMORY ->
                "Reading the file needs too much memory: a cell may have an address or a text that no table has."
                        + " Save its table of names as CSV; if the file is legitimate, raise reader.heap.";
            case TIME -> "Reading the file took too long. If the file is legitimate, raise names.read-timeout.";
            case SIZE -> "The file holds more publications than any publisher's. Unpack it and load what is in it.";
            case DIED -> "The process that read the file ended without an answer. Save its table of names as CSV.";
        };
        return what + " " + e.getMessage();
    }

    /** Nothing is read any more; what is being read is given up. */
    @Override
    public void close() {
        readers.close();
    }
}
