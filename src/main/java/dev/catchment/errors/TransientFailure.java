package dev.catchment.errors;

import java.time.Duration;
import java.util.Optional;

/** Something that may well succeed if it is tried again later: too many requests, a server error, a broken answer. */
public final class TransientFailure extends RuntimeException {
    private final int status;
    private final transient Duration retryAfter;

    public TransientFailure(String message) {
        this(message, null);
    }

    /** @param cause what went wrong beneath, or null */
    public TransientFailure(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.retryAfter = null;
    }

    /**
     * @param status the HTTP status that said so
     * @param retryAfter how long the other side asked to wait, or null
     */
    public TransientFailure(String message, int status, Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status that said so; 0 if none did. */
    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
