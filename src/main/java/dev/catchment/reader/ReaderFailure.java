package dev.catchment.reader;

/** What a stranger wrote could not be read within what a reader may take. The reader is gone, and another takes its place. */
public final class ReaderFailure extends RuntimeException {
    private final Kind kind;

    /** What went wrong. */
    public enum Kind {
        /** More heap than a reader has, or a deeper stack. */
        MEMORY,
        /** No answer, nor a piece of one, within its time. */
        TIME,
        /** An answer longer than was wanted. */
        SIZE,
        /** It ended for another reason, or spoke in no known way. */
        DIED
    }

    ReaderFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
