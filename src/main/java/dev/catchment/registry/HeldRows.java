package dev.catchment.registry;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Rows of the registry by their numbers, a bit each: the rows of a large file fit into a small heap. */
final class HeldRows {
    private static final int PAGE = 1 << 16;

    private final Map<Long, BitSet> pages = new HashMap<>();

    void add(long row) {
        pages.computeIfAbsent(row / PAGE, page -> new BitSet()).set((int) (row % PAGE));
    }

    boolean contains(long row) {
        BitSet page = pages.get(row / PAGE);
        return page != null && page.get((int) (row % PAGE));
    }

    /** @return whether it was there */
    boolean remove(long row) {
        boolean there = contains(row);
        if (there) {
            pages.get(row / PAGE).clear((int) (row % PAGE));
        }
        return there;
    }
}
