package dev.catchment.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for a condition, never for a time. */
public final class Await {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** To ask a database every two milliseconds took a core of two away from what was waited for. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private Await() {}

    /** Returns as soon as the condition holds; fails with what was waited for after minutes: a machine may be busy. */
    public static void until(String what, Callable<Boolean> condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        long pause = 1_000_000;
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 5 / 4, LONGEST_PAUSE.toNanos());
        }
    }

    /** As {@link #until(String, Callable)}, for a value: a failure says what was seen last. */
    public static <T> T until(String what, Callable<T> look, Predicate<T> wanted) {
        AtomicReference<T> last = new AtomicReference<>();
        try {
            until(what, () -> {
                last.set(look.call());
                return wanted.test(last.get());
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; last seen: " + last.get(), e);
        }
        return last.get();
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
