package dev.catchment.cli.session;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and SIGTERM: what is open is closed in order, then the process ends with {@link ExitCode#INTERRUPTED}, or for want
 * of an end by its {@link Watchdog}. A command that ends by itself is not disturbed, and a second signal changes nothing.
 */
public final class Interrupt {
    private static final Runnable END_AT_ONCE = () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED);

    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicReference<Runnable> stop = new AtomicReference<>(END_AT_ONCE);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Leaves a command that was interrupted before it had begun anything; what it opened is closed on the way. */
    static final class Interrupted extends RuntimeException {
        Interrupted() {
            super("interrupted");
        }
    }

    /** Runs the command of this process. */
    public int during(IntSupplier command) {
        Thread hook = new Thread(this::end, "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return command.getAsInt();
        } finally {
            leave(hook);
        }
    }

    private void leave(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException underWay) {
            ended.countDown();
        }
    }

    private void end() {
        asked.set(true);
        Watchdog.start();
        try {
            stop.get().run();
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    public boolean isAsked() {
        return asked.get();
    }

    /** From here on a signal has to wait: what is being opened could not be closed in the middle. */
    void hold() {
        stopBy(() -> {});
    }

    /**
     * Ends the process if there was a signal that had to wait, where nothing is at work yet: hundreds of routes take seconds to
     * start, on a busy machine more than a process has that was told to stop.
     */
    void endHere(Runnable close) {
        if (isAsked()) {
            try {
                close.run();
            } finally {
                END_AT_ONCE.run();
            }
        }
    }

    /**
     * From here on a signal does this, from a thread of its own; the command then ends and closes what it opened.
     *
     * @throws Interrupted if there was one already
     */
    public void stopBy(Runnable action) {
        stop.set(action);
        if (isAsked()) {
            throw new Interrupted();
        }
    }

    /** The same for what takes a while, and says so. */
    public void stopGentlyBy(Runnable action) {
        stopBy(() -> {
            LoggerFactory.getLogger(Interrupt.class).info("Stopping: work in progress is committed first.");
            action.run();
        });
    }
}
