package dev.catchment.registry;

import dev.catchment.registry.file.SeedRecord;
import java.util.ArrayList;
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
}
