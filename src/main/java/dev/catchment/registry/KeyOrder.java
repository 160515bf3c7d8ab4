package dev.catchment.registry;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets batches that share a key be committed in the order of the file, however many writers there are: of a key that
 * comes twice the later record stays. Only what is on its way at the same time is known, so memory is bounded.
 */
final class KeyOrder {
    private final int most;
    private final TreeSet<Integer> unknown = new TreeSet<>();
    private final TreeSet<Integer> open = new TreeSet<>();
    private final TreeMap<Integer, Set<String>> keys = new TreeMap<>();

    /** @param most batches that may be on their way at the same time */
    KeyOrder(int most) {
        this.most = most;
    }

    /** A batch is sent on its way; they are sent in the order of the file. */
    synchronized void begin(int batch) {
        unknown.add(batch);
        open.add(batch);
    }

    /**
     * Tells the keys of a batch and waits until those before it that share one are committed.
     *
     * @return the keys that it shares: what was asked of the database about them may not hold any more
     */
    synchronized Set<String> await(int batch, Set<String> own) throws InterruptedException {
        keys.put(batch, own);
        unknown.remove(batch);
        notifyAll();
        while (!unknown.headSet(batch).isEmpty()) {
            wait();
        }
        keys.headMap(batch - most).clear();
        Set<String> shared = new HashSet<>();
        for (int earlier : Set.copyOf(keys.headMap(batch).keySet())) {
            Set<String> both = new HashSet<>(keys.getOrDefault(earlier, Set.of()));
            both.retainAll(own);
            shared.addAll(both);
            while (!both.isEmpty() && open.contains(earlier)) {
                wait();
            }
        }
        return Collections.unmodifiableSet(shared);
    }

    /** A batch is committed, or never will be. */
    synchronized void end(int batch) {
        unknown.remove(batch);
        open.remove(batch);
        notifyAll();
    }
}
