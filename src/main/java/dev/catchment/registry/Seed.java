package dev.catchment.registry;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunStart;
import dev.catchment.registry.file.BrokenFile;
import dev.catchment.registry.file.RecordReader;
import dev.catchment.registry.file.SeedFile;
import dev.catchment.registry.file.SeedRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One index file being seeded: read by one thread, written by several. */
public final class Seed extends ActiveRun {
    private final SeedFile file;
    private final int batchSize;
    private final AtomicLong read = new AtomicLong();
    private final InputStream in;
    private final RecordReader records;
    private final long resumeAfter;
    private final KeyOrder order;
    private final Comparison comparison = new Comparison();
    private long lastIndex;
    private boolean atEnd;
    private boolean readOut;

    Seed(SeedFile file, RunStart start, int batchSize, int writers, int maxRecord) {
        super(start, writers + 1);
        this.file = file;
        this.order = new KeyOrder(writers + 1);
        this.batchSize = batchSize;
        this.in = file.open(read, this::fail);
        this.records = new RecordReader(in, maxRecord);
        this.resumeAfter = start.cursor() == null ? 0 : Long.parseLong(start.cursor());
    }

    public SeedFile file() {
        return file;
    }

    /** Bytes of the file taken from the disk so far. */
    @Override
    public long read() {
        return read.get();
    }

    @Override
    public long toRead() {
        return file.bytes();
    }

    /** What is not committed yet, in batches. */
    public Iterator<SeedBatch> batches() {
        return SeedBatch.of(this, batchSize);
    }

    SeedRecord nextRecord() {
        return records.next();
    }

    /** Whether there is a record that is not committed yet; a break makes the run fail. */
    boolean hasMore() {
        try {
            while (records.hasNext()) {
                if (records.upcoming().index() > resumeAfter) {
                    return true;
                }
                records.next();
            }
            atEnd = true;
        } catch (BrokenFile broken) {
            fail(file.isChanged() ? file.changeFailure() : broken);
        }
        if (file.isChanged()) {
            fail(file.changeFailure());
        }
        readOut = true;
        return false;
    }

    /** A batch that has a place: from here on those after it wait for its keys. */
    public SeedBatch.Numbered number(SeedBatch batch) {
        SeedBatch.Numbered numbered = new SeedBatch.Numbered(batch, place(), read.get());
        order.begin(numbered.sequence());
        lastIndex = batch.records().get(batch.records().size() - 1).index();
        return numbered;
    }

    /** Waits for the turn of a batch. @return the keys that it shares with batches just before it */
    Set<String> awaitTurn(int sequence, Set<String> keys) throws InterruptedException {
        return order.await(sequence, keys);
    }

    /** What a batch of a dry run would change. @param rows of {@code registry/find-held-keys}. @return one row of counts */
    public List<Map<String, Object>> compared(List<Map<String, Object>> rows) {
        return List.of(comparison.count(rows));
    }

    @Override
    protected void ended(int sequence) {
        order.end(sequence);
    }

    /** Whether an asset may wait for its source: a later one of its key, held or not, has to take its place. */
    boolean mayHaveOrphans() {
        return start().resumes() != null || tally().get("orphans") > 0;
    }

    /** A file of which nothing can be used is no success. */
    public void checkUse() {
        long used =
                tally().get("added") + tally().get("updated") + tally().get("unchanged") + tally().get("used_before");
        if (used == 0 && atEnd && !isStopping()) {
            fail(new PermanentFailure("Nothing in %s could be used: %d records were rejected. Is it an index file?"
                    .formatted(file.name(), tally().get("rejected"))));
        }
    }

    /** Whether the file was read and written as far as it goes: what waits for its source then waits in vain. */
    public boolean isReadOut() {
        return isAllWritten() && readOut;
    }

    /** Whether it failed because of what is in the file, so that trying again would fail again. */
    boolean isFileAtFault() {
        return failure() instanceof PermanentFailure;
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
        return file.name();
    }

    @Override
    protected String cursor() {
        return lastIndex == 0 ? null : String.valueOf(lastIndex);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
