package dev.catchment.catalog;

import dev.catchment.errors.PermanentFailure;
import java.util.List;

/** A way through the pages of the catalogue: which one comes next, and when it is the last. */
interface Walk {
    /** The query of the next page of at most {@code size} records. */
    String query(int size);

    /**
     * Takes in the page that came.
     *
     * @throws PermanentFailure if going on from it would lose records
     */
    void take(List<RawRecord> page);

    /** Whether the end was reached cleanly. */
    boolean isAtEnd();

    /** Where it stands, as the ledger keeps it; null at the beginning. */
    String cursor();

    /** What the operator should know of how it ended; null for nothing. */
    default String note() {
        return null;
    }
}
