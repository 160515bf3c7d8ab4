package dev.catchment.catalog.standin;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A catalogue that does not change: the bytes of its records outside the heap, their keys (about 0.1 kB a record)
 * inside. Safe for use by many threads.
 */
final class Records {

    private final ByteBuffer bytes;
    private final List<StandInRecord> byId;
    private final List<StandInRecord> byRelevance;
    private final Map<String, Integer> perDomain = new HashMap<>();

    /**
     * @param bytes   what the entries' offsets point into
     * @param entries in the order of the file, which records of the same id keep
     */
    Records(ByteBuffer bytes, List<StandInRecord> entries) {
        this.bytes = bytes;
        this.byId = sorted(entries, StandInRecord.BY_ID);
        this.byRelevance = sorted(entries, StandInRecord.BY_RELEVANCE);
        entries.forEach(entry -> perDomain.merge(entry.domain(), 1, Integer::sum));
    }

    private static List<StandInRecord> sorted(List<StandInRecord> entries, Comparator<StandInRecord> order) {
        List<StandInRecord> sorted = new ArrayList<>(entries);
        sorted.sort(order);
        return sorted;
    }

    int size() {
        return byId.size();
    }

    Set<String> domains() {
        return perDomain.keySet();
    }

    /** How many records a filter lets through. */
    int count(Query.Filter filter) {
        return filter.isOpen()
                ? size()
                : (int) byId.stream().filter(filter::accepts).count();
    }

    /** The records a query asks for, in its order. */
    List<StandInRecord> page(Query query) {
        Stream<StandInRecord> all = query.scrollId().map(this::after).orElseGet(() -> ordered(query.order()));
        return all.filter(query.filter()::accepts)
                .skip(query.offset())
                .limit(query.limit())
                .toList();
    }

    /** Copies a record as it was read to a place in a page. */
    void copy(StandInRecord entry, byte[] page, int at) {
        bytes.get(entry.offset(), page, at, entry.length());
    }

    private Stream<StandInRecord> after(String scrollId) {
        int from = 0;
        int to = byId.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (byId.get(middle).id().compareTo(scrollId) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return byId.subList(from, byId.size()).stream();
    }

    private Stream<StandInRecord> ordered(Comparator<StandInRecord> order) {
        return order == StandInRecord.BY_RELEVANCE
                ? byRelevance.stream()
                : byId.stream().sorted(order);
    }
}
