package dev.catchment.catalog.walk;

/** What the pages of a walk announced as their total, against what came. Says how far the end is proven by it. */
public final class Totals {
    /** The API announces no more than this, however many there are. */
    private static final long CAP = 10_000;

    private long records;
    private long lowest;
    private long highest;

    /** What a total says of an end. */
    public enum Verdict {
        /** All that was announced came. */
        ALL_CAME,
        /** Nothing: there was none, it was at its cap, or it moved a little, for records come and go meanwhile. */
        SAYS_NOTHING,
        /** More was announced than came. */
        MORE_ANNOUNCED
    }

    public void take(ResultPage page) {
        records += page.records().size();
        if (page.total() > 0) {
            lowest = lowest == 0 ? page.total() : Math.min(lowest, page.total());
            highest = Math.max(highest, page.total());
        }
    }

    public long records() {
        return records;
    }

    public long highest() {
        return highest;
    }

    /**
     * @param before records of the runs that this walk goes on with, which may be days old
     * @param isGoneOn whether it goes on with any that lacked nothing so far
     */
    public Verdict verdict(long before, boolean isGoneOn) {
        long missing = highest - before - records;
        if (highest == 0 || missing <= 0 && highest >= CAP) {
            return Verdict.SAYS_NOTHING;
        }
        if (missing <= 0) {
            return Verdict.ALL_CAME;
        }
        boolean mayHaveMoved = isGoneOn || before + records >= lowest;
        return mayHaveMoved && missing <= Math.max(1, highest / 100) ? Verdict.SAYS_NOTHING : Verdict.MORE_ANNOUNCED;
    }
}
