package dev.catchment.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM: what is open is closed in order, then the process ends with {@link ExitCode#INTERRUPTED}, or for want
 * of an end by its {@link Watchdog}. A command that ends by itself is not disturbed.
 */
final class Interrupt implements AutoCloseable {
    private final Thread hook;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param stop asks what is running to end soon; the command then closes what it opened, and this */
    Interrupt(Runnable stop) {
        hook = new Thread(() -> run(stop), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void run(Runnable stop) {
        Watchdog.start();
        stop.run();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException underWay) {
            closed.countDown();
        }
    }
}
