package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunStart;
import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.format.GenderByNames;
import dev.catchment.names.reading.EntryStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One published file being read into staging. Nothing of it counts before all of it is there, so a stop lets it end: a
 * worker that is told to stop finishes the file it has.
 */
public final class Load extends ActiveRun {
    private final String name;
    private final long bytes;
    private final Source source;
    private final boolean isGenderSettled;
    private final GenderByNames.Tally genders = new GenderByNames.Tally();
    private final RefusedRows refusals = new RefusedRows();
    private volatile EntryStream entries;
    private long figures;
    private long births;
    private volatile boolean atEnd;

    /** Opens what is read, once the run is open: a file that is not there any more fails the run. */
    interface Source {
        EntryStream open() throws IOException;
    }

    /** @param isGenderSettled whether whoever brought it vouches for the gender of its figures */
    Load(RunStart start, String name, long bytes, Source source, boolean isGenderSettled) {
        super(start, 2);
        this.isGenderSettled = isGenderSettled;
        this.name = name;
        this.bytes = bytes;
        this.source = source;
    }

    /** All its figures, in batches; ends early if one could not be staged. */
    public Iterator<FigureBatch> batches() throws IOException {
        entries = source.open();
        return FigureBatch.of(this, entries);
    }

    void count(FileEntry entry) {
        if (entry instanceof FileEntry.Figure figure) {
            figures++;
            births += figure.count();
            genders.count(figure);
        } else if (entry instanceof FileEntry.Passed) {
            tally().add("passed", 1);
        }
    }

    void ended() {
        atEnd = true;
    }

    /** A dry run only counts, and says in its note what would be refused. */
    public void counted(FigureBatch batch) {
        tally().add("seen", batch.size());
        tally().add("rejected", batch.rejects().size());
        tally().add("batches", 1);
        batch.rejects().forEach(refusals::add);
    }

    /** Judges what was read, once all is staged. @throws PermanentFailure if there is nothing that could count, or it calls girls boys */
    public void checkUse() {
        if (!refusals.isEmpty()) {
            note(refusals.toString());
        }
        if (figures == 0 && !isFailed()) {
            throw new PermanentFailure("Nothing in %s is a figure that can be loaded; %d rows were rejected."
                    .formatted(name, tally().get("rejected")));
        }
        String contradiction = isGenderSettled || isFailed() ? null : genders.contradiction();
        if (contradiction != null) {
            throw new PermanentFailure("%s was rejected, none of it counts: %s".formatted(name, contradiction));
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
            throw new LostJob("The job of %s was claimed by another worker meanwhile.".formatted(name));
        }
        Map<String, Object> row = rows.get(0);
        if (row.get("problem") != null) {
            throw new PermanentFailure("%s was rejected, none of it counts: %s".formatted(name, row.get("problem")));
        }
        say(row, "summed", "%d names occurred more than once and were summed.");
        say(row, "superseded", "%d figures do not count, because a later release of the same source holds them.");
    }

    private void say(Map<String, Object> row, String column, String words) {
        long count = ((Number) row.get(column)).longValue();
        if (count > 0) {
            note(words.formatted(count));
        }
    }

    /** Unpacked: a zip says how large its entries are. */
    @Override
    public long toRead() {
        return entries == null ? 0 : entries.bytes();
    }

    @Override
    public long read() {
        return entries == null ? 0 : entries.bytesRead();
    }

    @Override
    public String phase() {
        return atEnd ? "merging" : null;
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
    public String resumption() {
        return "its job is retried by the service or by the next 'catchment load'";
    }

    @Override
    protected String next(Throwable cause) {
        return cause instanceof PermanentFailure
                ? super.next(cause)
                : "its job is retried unless this was its last attempt";
    }

    @Override
    public void close() {
        if (entries != null) {
            entries.close();
        }
    }
}
