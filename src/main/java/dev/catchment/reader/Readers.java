package dev.catchment.reader;

import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A few readers: processes that are started when they are needed, kept for the next question, and ended at the first
 * trouble. Whoever comes while all are busy waits for its turn.
 */
public final class Readers implements AutoCloseable {
    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final long heap;
    private final Semaphore places;
    private final ScheduledThreadPoolExecutor clock;
    private final Set<Child> all = new HashSet<>();
    private final Deque<Child> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param most readers at the same time
     * @param heap of each, in bytes
     */
    public Readers(int most, long heap) {
        this.heap = heap;
        this.places = new Semaphore(most, true);
        this.clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "readers-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /**
     * Asks the next reader that is free.
     *
     * @param longest how long it may take until the answer, or the next piece of it, is there
     * @param most bytes of the answer
     * @param question its parts are sent one after the other
     * @throws ReaderFailure if the reader fails
     * @throws TransientFailure if the readers are closed, or none can be started
     */
    public ReaderAnswer ask(Class<? extends ReaderTask> task, Duration longest, long most, byte[]... question) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unwanted();
        }
        Child child = null;
        boolean asked = false;
        try {
            child = take();
            send(child, task, longest, question);
            asked = true;
            return new ReaderAnswer(this, child, longest, most);
        } finally {
            if (!asked) {
                leave(child, false);
            }
        }
    }

    private void send(Child child, Class<? extends ReaderTask> task, Duration longest, byte[]... question) {
        within(longest, child, () -> {
            child.ask(task, question);
            return null;
        });
    }

    /** One that rests, else a new one. */
    private Child take() {
        Child child = rested();
        if (child != null) {
            return child;
        }
        Child fresh = Child.start(heap);
        synchronized (this) {
            all.add(fresh);
            if (closed) {
                fresh.end();
            }
        }
        try {
            return within(TO_START, fresh, fresh::greet);
        } catch (ReaderFailure e) {
            leaveOut(fresh);
            throw new TransientFailure("The process that reads documents could not be started: " + e.getMessage(), e);
        }
    }

    private synchronized Child rested() {
        if (closed) {
            throw unwanted();
        }
        Child child = idle.poll();
        while (child != null && !child.isAlive()) {
            all.remove(child);
            child = idle.poll();
        }
        return child;
    }

    /** A step of talking to a reader. */
    interface Step<T> {
        T take() throws IOException;
    }

    /** Takes a step; if it takes too long the reader is ended, and so is the step. */
    <T> T within(Duration longest, Child child, Step<T> step) {
        Future<?> alarm = alarm(child, longest);
        try {
            return step.take();
        } catch (IOException e) {
            throw isClosed() ? unwanted() : child.trouble(e);
        } finally {
            alarm.cancel(false);
        }
    }

    private synchronized Future<?> alarm(Child child, Duration longest) {
        if (closed) {
            throw unwanted();
        }
        return clock.schedule(child::giveUp, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param child to be kept if it is sound, else to be ended; null if there is none */
    synchronized void leave(Child child, boolean sound) {
        if (child != null && sound && !closed && !child.isLate()) {
            child.rests();
            idle.push(child);
            clock.schedule(() -> retire(child), IDLE.toMillis(), TimeUnit.MILLISECONDS);
        } else if (child != null) {
            leaveOut(child);
        }
        places.release();
    }

    private synchronized void leaveOut(Child child) {
        child.end();
        all.remove(child);
    }

    private synchronized void retire(Child child) {
        if (child.restsFor(IDLE.toNanos()) && idle.remove(child)) {
            leaveOut(child);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static TransientFailure unwanted() {
        return new TransientFailure("The text is no longer wanted.");
    }

    /** Ends all readers, busy ones too: whoever waits for an answer is told that it is not wanted any more. */
    @Override
    public synchronized void close() {
        closed = true;
        clock.shutdownNow();
        all.forEach(Child::end);
        all.clear();
        idle.clear();
    }
}
