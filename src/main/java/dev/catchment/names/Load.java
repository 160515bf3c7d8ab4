package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.UnderWay;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One published file being read into staging. Nothing of it counts before all of it is there, so a stop lets it end: a
 * worker that is told to stop finishes the file it has.
 */
public final class Load extends UnderWay implements AutoCloseable {
    private final String name;
    private final long bytes;
    private final Source source;
    private final Refusals refusals = new Refusals();
    private volatile NamesFile file;
    private Stream<Entry> entries = Stream.empty();
    private long figures;
    private long births;
    private boolean atEnd;

    /** Opens what is read, once the run is open: a file that is not there any more fails the run. */
    interface Source {
        NamesFile open() throws IOException;

        Stream<Entry> read(NamesFile file) throws IOException;
    }

    Load(RunStart start, String name, long bytes, Source source) {
        super(start, 2);
        this.name = name;
        this.bytes = bytes;
        this.source = source;
    }

    /** All its figures, in batches; ends early if one could not be staged. */
    public Iterator<FigureBatch> batches() throws IOException {
        file = source.open();
        entries = source.read(file);
        return new FigureBatches(this, entries.iterator());
    }

    void count(Entry entry) {
        if (entry instanceof Entry.Figure figure) {
            figures++;
            births += figure.count();
        } else if (entry instanceof Entry.Passed) {
            tally().add("passed", 1);
        }
    }

    void ended() {
        atEnd = true;
    }
    /** Sends a batch on its way, as soon as another is staged. */
    public int send() throws InterruptedException {
        return takePlace();
    }

    /** A dry run only counts, and says in its note what would be refused. */
    public void counted(FigureBatch batch) {
        tally().add("seen", batch.size());
        tally().add("rejected", batch.rejects().size());
        tally().add("batches", 1);
        batch.rejects().forEach(refusals::add);
    }

    /** Waits until all is staged. @throws PermanentFailure if there is nothing that could count */
    public void checkUse() {
        awaitWritten();
        if (!refusals.isEmpty()) {
            note(refusals.toString());
        }
        if (figures == 0 && !isFailed()) {
            throw new PermanentFailure("Nothing in %s is a figure that can be loaded; %d rows were refused."
                    .formatted(name, tally().get("rejected")));
        }
    }

    /** The counts for {@code names/merge-dataset}. */
    Map<String, Object> counts() {
        Map<String, Object> counts = new HashMap<>();
        counts.putAll(Map.of("figures", figures, "births", births, "passed", tally().get("passed")));
        counts.putAll(Map.of("rejected", tally().get("rejected"), "bytes", bytes));
        return counts;
    }

    /** @param rows of {@code names/merge-dataset} */
    public void merged(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw new LostJob("The job of %s was given to another worker meanwhile.".formatted(name));
        }
        Map<String, Object> row = rows.get(0);
        if (row.get("problem") != null) {
            throw new PermanentFailure("%s is refused, nothing of it counts: %s".formatted(name, row.get("problem")));
        }
        say(row, "summed", "%d names stood more than once and were summed.");
        say(row, "superseded", "%d figures do not count, for a later release of the same source holds them.");
    }

    private void say(Map<String, Object> row, String column, String words) {
        long count = ((Number) row.get(column)).longValue();
        if (count > 0) {
            note(words.formatted(count));
        }
    }

    public Throwable problem() {
        return failure();
    }

    /** Unpacked: a zip says how large its entries are. */
    @Override
    public long toRead() {
        return file == null ? 0 : file.bytes();
    }

    @Override
    public long read() {
        return file == null ? 0 : file.bytesRead();
    }

    @Override
    protected boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public boolean isComplete() {
        return atEnd && !isFailed();
    }

    @Override
    protected String reads() {
        return name;
    }

    @Override
    protected String cursor() {
        return null;
    }

    @Override
    public void close() {
        entries.close();
    }
}
