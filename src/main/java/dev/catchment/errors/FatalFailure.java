package dev.catchment.errors;

/** Something after which a run must not go on: what it stands on is gone. */
public final class FatalFailure extends RuntimeException {
    public FatalFailure(String message) {
        super(message);
    }

    public FatalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
