package dev.catchment.policy;

import dev.catchment.errors.TransientFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on what a stranger sent, in a thread of its own: no parser and no pattern promises to end. A thread that takes too
 * long is interrupted, and left alone.
 */
final class Reading {
    /** Read at the same time, in kB: a page of many tags takes thirty times its bytes of heap, and there are 256 MB of it. */
    private static final int DESK = 4096;

    private static final Semaphore PLACE = new Semaphore(DESK, true);

    private Reading() {}

    /**
     * @param bytes of what is read; a large one is read by itself
     * @throws Unreadable if the work says so, or takes longer than it may
     */
    static <T> T within(int bytes, Duration longest, Callable<T> work) throws Unreadable {
        int place = Math.min(DESK, bytes / 1024 + 1);
        try {
            PLACE.acquire(place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("The text is not wanted any more.");
        }
        try {
            return within(longest, work);
        } finally {
            PLACE.release(place);
        }
    }

    private static <T> T within(Duration longest, Callable<T> work) throws Unreadable {
        FutureTask<T> reading = new FutureTask<>(work);
        Thread reader = new Thread(reading, "policy-reading");
        reader.setDaemon(true);
        reader.start();
        try {
            return reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unreadable(FetchOutcome.TOO_SLOW, "longest=" + longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("The text is not wanted any more.");
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            reading.cancel(true);
        }
    }

    private static Unreadable thrown(Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error failure) {
            throw failure;
        }
        return cause instanceof Unreadable said ? said : new Unreadable(FetchOutcome.BROKEN, cause.toString());
    }

    /** Whether nobody waits for this thread any more. */
    static boolean isOver() {
        return Thread.currentThread().isInterrupted();
    }

    /** A text for patterns, which may take for ever over it: it ends with the thread that reads it. */
    static CharSequence endable(CharSequence text) {
        return new Endable(text);
    }

    private record Endable(CharSequence text) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (isOver()) {
                throw new TransientFailure("The text is not wanted any more.");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
