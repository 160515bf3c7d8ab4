package dev.catchment.cli.output;

import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
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
public final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long EVERY = 10_000;
    private static final int WIDTH = 20;

    private final ActiveRuns running;
    private final StatusLine line;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private Progress(ActiveRuns running, StatusLine line) {
        this.running = running;
        this.line = line;
    }

    public static Progress of(ActiveRuns running) {
        boolean terminal = StatusLine.isPossible(System.getenv("TERM"));
        Progress progress = new Progress(running, terminal ? new StatusLine(System.err) : null);
        long period = terminal ? 250 : EVERY;
        progress.timer.scheduleAtFixedRate(progress::show, period, period, TimeUnit.MILLISECONDS);
        return progress;
    }

    /** Writes to standard output, which may be the same terminal. */
    public void aside(Runnable write) {
        if (line == null) {
            write.run();
        } else {
            line.aside(write);
        }
    }

    private void show() {
        List<ActiveRun> runs = List.copyOf(running.all());
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
    private static long percent(List<ActiveRun> runs) {
        long toRead = sum(runs, ActiveRun::toRead);
        return toRead == 0 ? -1 : Math.min(100, 100 * sum(runs, ActiveRun::read) / toRead);
    }

    /** What is done where all is read, so that nobody takes the bar at its end for the end. */
    static String phases(List<ActiveRun> runs, String before) {
        String phases = runs.stream()
                .map(ActiveRun::phase)
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

    private static long sum(List<ActiveRun> runs, ToLongFunction<ActiveRun> count) {
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
