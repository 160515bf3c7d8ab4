package dev.catchment.cli;

import dev.catchment.flow.Running;
import dev.catchment.flow.UnderWay;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how a run goes: a line that is kept current on a terminal, else one every ten seconds. Both on standard error. */
final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long EVERY = 10_000;
    private static final int WIDTH = 20;

    private final Running running;
    private final StatusLine line;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private Progress(Running running, StatusLine line) {
        this.running = running;
        this.line = line;
    }

    static Progress of(Running running) {
        boolean terminal = StatusLine.isPossible(System.getenv("TERM"));
        Progress progress = new Progress(running, terminal ? new StatusLine(System.err) : null);
        long period = terminal ? 250 : EVERY;
        progress.timer.scheduleAtFixedRate(progress::show, period, period, TimeUnit.MILLISECONDS);
        return progress;
    }

    /** Writes to standard output, which may be the same terminal. */
    void aside(Runnable write) {
        if (line == null) {
            write.run();
        } else {
            line.aside(write);
        }
    }

    private void show() {
        List<UnderWay> runs = List.copyOf(running.all());
        if (runs.isEmpty()) {
            return;
        }
        long records = sum(runs, run -> run.tally().get("seen"));
        long batches = sum(runs, run -> run.tally().get("batches"));
        long percent = percent(runs);
        long seconds = Math.max(1, Duration.ofNanos(System.nanoTime() - began).toSeconds());
        if (line != null) {
            line.show(bar(percent)
                    + "%,d records, %,d a second, %s%s"
                            .formatted(records, records / seconds, clock(seconds), phases(runs, ", ")));
        } else {
            LOG.info(
                    "Under way. records={} batches={} records_per_second={} seconds={}{}{}",
                    records,
                    batches,
                    records / seconds,
                    seconds,
                    percent < 0 ? "" : " percent=" + percent,
                    phases(runs, " phase="));
        }
    }

    /** Of the bytes where it is known how many there are; an API never says, and nothing is promised then: -1. */
    private static long percent(List<UnderWay> runs) {
        long toRead = sum(runs, UnderWay::toRead);
        return toRead == 0 ? -1 : Math.min(100, 100 * sum(runs, UnderWay::read) / toRead);
    }

    /** What is done where all is read, so that nobody takes the bar at its end for the end. */
    static String phases(List<UnderWay> runs, String before) {
        String phases = runs.stream()
                .map(UnderWay::phase)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(","));
        return phases.isEmpty() ? "" : before + phases;
    }

    private static String bar(long percent) {
        if (percent < 0) {
            return "";
        }
        int done = (int) (percent * WIDTH / 100);
        return "%3d%% [%s%s] ".formatted(percent, "#".repeat(done), ".".repeat(WIDTH - done));
    }

    private static String clock(long seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    private static long sum(List<UnderWay> runs, ToLongFunction<UnderWay> count) {
        return runs.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (line != null) {
            line.close();
        }
    }
}
