package dev.catchment.web.api;

import dev.catchment.web.gate.Refused;
import dev.catchment.web.gate.WebRequest;
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
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LOOK = 1;

    private final Set<RowsInput> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "web-streams");
        thread.setDaemon(true);
        return thread;
    });

    private final int most;

    /** @param connections of all reads: half of them are left to those who do not download */
    public OpenStreams(int connections) {
        this.most = Math.max(1, connections / 2);
        timer.scheduleWithFixedDelay(this::closeForgotten, LOOK, LOOK, TimeUnit.SECONDS);
    }

    /**
     * Sends rows as they come, until they end, whoever asked goes away, or nobody takes them.
     *
     * @throws Refused if as many as may be are being sent already
     */
    RowsInput watched(RowsInput input, WebRequest request) {
        open.removeIf(RowsInput::isClosed);
        if (open.size() >= most) {
            input.close();
            throw new Refused(
                    503,
                    "Too many downloads",
                    "%d whole lists are being sent. Try again later, or ask for pages with limit=.".formatted(most));
        }
        open.add(input);
        // Not by the thread that tells: it serves all others too, and giving a connection back may take a while.
        request.whenGone(() -> timer.execute(input::close));
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
