package dev.catchment.postgres.embedded;

/** The embedded server cannot be had. The message says what is wrong and what to do, for the person who starts us. */
public final class EmbeddedServerException extends RuntimeException {

    public EmbeddedServerException(String message) {
        super(message);
    }

    public EmbeddedServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
