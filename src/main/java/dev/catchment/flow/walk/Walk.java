package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import java.util.List;

/** A way through the pages of a source: which one comes next. An empty page is judged by {@link WalkEnd}. */
public interface Walk {
    /** The query of the next page of at most {@code size} records. */
    String query(int size);

    /**
     * Takes in the page that came.
     *
     * @throws PermanentFailure if going on from it would lose records
     */
    void take(List<RawRecord> page);

    /** Whether nothing more is wanted, though there may be more. */
    default boolean isAtEnd() {
        return false;
    }

    /** Where it stands, as the ledger keeps it; null at the beginning. */
    String cursor();

    /** The last key of a walk in the order of keys; null if none came, or the order is another. */
    default String lastKey() {
        return null;
    }

    /** What the operator should know of how it ended; null for nothing. */
    default String note() {
        return null;
    }
}
