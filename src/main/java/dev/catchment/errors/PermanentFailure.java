package dev.catchment.errors;

/** Something that fails again however often it is tried: a refused request, an answer that contradicts itself. */
public class PermanentFailure extends RuntimeException {
    private final int status;

    public PermanentFailure(String message) {
        this(message, 0);
    }

    /** @param status the HTTP status that said so; 0 if none did */
    public PermanentFailure(String message, int status) {
        super(message);
        this.status = status;
    }

    public final int status() {
        return status;
    }
}
