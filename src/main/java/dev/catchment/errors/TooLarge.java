package dev.catchment.errors;

/** An answer that is larger than what is read: the same request brings the same, one for less of it may do. */
public final class TooLarge extends PermanentFailure {
    public TooLarge(String message) {
        super(message);
    }
}
