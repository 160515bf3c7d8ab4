package dev.catchment.catalog.standin;

import java.util.Comparator;

/**
 * Where one record's bytes are, and what it is found and sorted by.
 *
 * @param id      {@code resource.id} as it stands, also when it is malformed
 * @param domain  {@code metadata.domain}; empty if missing
 * @param updated {@code resource.updatedAt} in milliseconds since 1970; {@link #UNKNOWN} if missing or malformed
 * @param offset  first byte in the file
 * @param length  number of bytes
 */
record StandInRecord(String id, String domain, long updated, int offset, int length) {

    static final long UNKNOWN = Long.MIN_VALUE;

    static final Comparator<StandInRecord> BY_ID = Comparator.comparing(StandInRecord::id);
    /** Made up, but always the same, and unlike the order of ids: real relevance is nobody's to foresee. */
    static final Comparator<StandInRecord> BY_RELEVANCE = Comparator.<StandInRecord>comparingInt(
                    entry -> scatter(entry.id.hashCode()))
            .thenComparing(BY_ID);

    static final Comparator<StandInRecord> OLDEST_FIRST = dated(Comparator.comparingLong(StandInRecord::updated));
    static final Comparator<StandInRecord> NEWEST_FIRST =
            dated(Comparator.comparingLong(StandInRecord::updated).reversed());

    /** Records without a date come last, whichever way the others are sorted. */
    private static Comparator<StandInRecord> dated(Comparator<StandInRecord> byDate) {
        return Comparator.<StandInRecord, Boolean>comparing(entry -> entry.updated == UNKNOWN)
                .thenComparing(byDate)
                .thenComparing(BY_ID);
    }

    /** The last step of MurmurHash3 (public domain, A. Appleby): near inputs get far apart. */
    private static int scatter(int hash) {
        int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
