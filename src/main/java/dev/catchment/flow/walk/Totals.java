package dev.catchment.flow.walk;

/** What the pages of a walk announced as their total, against what came. Says how far the end is proven by it. */
final class Totals {
    private final long cap;
    private long records;
    private long lowest;
    private long highest;

    /** @param cap the source announces no more than this, however many there are */
    Totals(long cap) {
        this.cap = cap;
    }

    /** What a total says of an end. */
    enum Verdict {
        /** All that was announced came. */
        ALL_CAME,
        /** Nothing: there was none, it was at its cap, or it moved a little, for records come and go meanwhile. */
        SAYS_NOTHING,
        /** More was announced than came. */
        MORE_ANNOUNCED
    }

    void take(RecordPage page) {
        records += page.records().size();
        if (page.total() > 0) {
            lowest = lowest == 0 ? page.total() : Math.min(lowest, page.total());
            highest = Math.max(highest, page.total());
        }
    }

    long records() {
        return records;
    }

    long highest() {
        return highest;
    }

    /**
     * @param before records of the runs that this walk goes on with, which may be days old
     * @param isGoneOn whether it goes on with any that lacked nothing so far
     */
    Verdict verdict(long before, boolean isGoneOn) {
        long missing = highest - before - records;
        if (highest == 0 || missing <= 0 && highest >= cap) {
            return Verdict.SAYS_NOTHING;
        }
        if (missing <= 0) {
            return Verdict.ALL_CAME;
        }
        boolean mayHaveMoved = isGoneOn || before + records >= lowest;
        return mayHaveMoved && missing <= Math.max(1, highest / 100) ? Verdict.SAYS_NOTHING : Verdict.MORE_ANNOUNCED;
    }
}
