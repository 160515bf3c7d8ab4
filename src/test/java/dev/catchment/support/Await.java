package dev.catchment.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, never for a time. */
public final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Await() {}

    /** Returns as soon as the condition holds; fails with what was waited for after thirty seconds. */
    public static void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
