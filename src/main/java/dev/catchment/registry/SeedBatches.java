package dev.catchment.registry;

import java.util.Iterator;

/**
 * The batches of a file; ends early when the run is stopped, has failed, or the file breaks off. The last one may be
 * empty: to know that more comes it would have to be read, and a large record is read only when nothing else is on its
 * way.
 */
final class SeedBatches implements Iterator<SeedBatch> {
    private final Seed seed;
    private final int size;
    private boolean more = true;
    private boolean large;

    SeedBatches(Seed seed, int size) {
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
