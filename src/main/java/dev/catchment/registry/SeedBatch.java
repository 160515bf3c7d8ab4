package dev.catchment.registry;

import dev.catchment.registry.file.SeedRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Records on their way to one statement: so many, or so many bytes, or what is left at the end. */
public final class SeedBatch {
    /** A few batches are under way at the same time, and each is copied once or twice: what keeps the heap flat. */
    private static final long MOST_BYTES = 4L << 20;

    private final List<SeedRecord> records = new ArrayList<>();
    private final int size;
    private long bytes;

    SeedBatch(int size) {
        this.size = size;
    }

    /** The batches of a file, of so many records each. */
    static Iterator<SeedBatch> of(Seed seed, int size) {
        return new All(seed, size);
    }

    /**
     * A batch on its way to the database.
     *
     * @param sequence its number in the run, from 1
     * @param read bytes of the file that had been read when it was full
     */
    public record Numbered(SeedBatch batch, int sequence, long read) {}

    void add(SeedRecord record) {
        records.add(record);
        bytes += record.bytes().length;
    }

    boolean isFull() {
        return records.size() >= size || bytes >= MOST_BYTES;
    }

    /** Whether it travels alone, for want of memory. */
    boolean isLarge() {
        return bytes >= MOST_BYTES;
    }

    public boolean isEmpty() {
        return records.isEmpty();
    }

    List<SeedRecord> records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    /**
     * The batches of a file; ends early when the run is stopped, has failed, or the file breaks off. The last one may be
     * empty: to know that more comes it would have to be read, and a large record is read only when nothing else is on its
     * way.
     */
    private static final class All implements Iterator<SeedBatch> {
        private final Seed seed;
        private final int size;
        private boolean more = true;
        private boolean large;

        All(Seed seed, int size) {
            this.seed = seed;
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            return more && !seed.isStopping() && !seed.isFailed();
        }

        @Override
        public SeedBatch next() {
            awaitWrittenIfLarge();
            SeedBatch batch = new SeedBatch(size);
            more = seed.hasMore();
            while (more && !batch.isFull()) {
                batch.add(seed.nextRecord());
                more = batch.isFull() || seed.hasMore();
            }
            large = batch.isLarge();
            awaitWrittenIfLarge();
            return batch;
        }

        /** A large batch begins when all before it is committed, and nothing is read until it is committed itself. */
        private void awaitWrittenIfLarge() {
            if (large) {
                seed.awaitWritten();
            }
        }
    }
}
