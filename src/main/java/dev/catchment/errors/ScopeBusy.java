package dev.catchment.errors;

/** A run over the same scope is under way, in this process or another. */
public final class ScopeBusy extends RuntimeException {
    public ScopeBusy(String message) {
        super(message);
    }
}
