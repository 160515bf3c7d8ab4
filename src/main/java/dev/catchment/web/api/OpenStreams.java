package dev.catchment.web.api;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers that are being sent. One that nobody takes any more, since its reader went away or stands still, is closed: the server
 * does not say so, and the connection to the database would never be given back.
 */
public final class OpenStreams implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LOOK = 5;

    private final Set<RowsInput> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "web-streams");
        thread.setDaemon(true);
        return thread;
    });

    public OpenStreams() {
        timer.scheduleWithFixedDelay(this::closeForgotten, LOOK, LOOK, TimeUnit.SECONDS);
    }

    RowsInput watched(RowsInput input) {
        open.add(input);
        return input;
    }

    private void closeForgotten() {
        open.removeIf(input -> {
            boolean isForgotten = System.nanoTime() - input.movedAt() > PATIENCE.toNanos();
            if (isForgotten) {
                input.close();
            }
            return isForgotten || input.isClosed();
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        open.forEach(RowsInput::close);
    }
}
