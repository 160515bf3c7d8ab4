package dev.catchment.postgres.embedded;

import java.time.Duration;

/** A moment by which a condition must hold that has to be asked for again and again. */
public record WaitLimit(long nanoTime) {

    private static final Duration PAUSE = Duration.ofMillis(25);

    static WaitLimit in(Duration duration) {
        return new WaitLimit(System.nanoTime() + duration.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanoTime > 0;
    }

    /** Waits a moment; throws an {@link EmbeddedServerException} with this message when the time is over. */
    void pause(String message) {
        if (isOver()) {
            throw new EmbeddedServerException(message);
        }
        rest();
    }

    /** Waits a moment. */
    static void rest() {
        rest(PAUSE);
    }

    public static void rest(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("Interrupted while waiting for the embedded PostgreSQL.", e);
        }
    }
}
