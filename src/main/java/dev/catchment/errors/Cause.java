package dev.catchment.errors;

import org.apache.camel.RuntimeCamelException;

/** What went wrong, without the layers in which Camel wraps what an expression throws. */
public final class Cause {
    private Cause() {}

    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof RuntimeCamelException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
