package dev.catchment.cli;

import dev.catchment.flow.Running;
import dev.catchment.flow.UnderWay;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how a run goes: a bar on a terminal, else a line every ten seconds. Both on standard error. */
final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long EVERY = 10_000;

    private final Running running;
    private final ProgressBar bar;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private Progress(Running running, ProgressBar bar) {
        this.running = running;
        this.bar = bar;
    }

    static Progress of(Running running) {
        boolean terminal = Logging.isTerminal();
        Progress progress = new Progress(running, terminal ? bar(System.err) : null);
        long period = terminal ? 250 : EVERY;
        progress.timer.scheduleAtFixedRate(progress::show, period, period, TimeUnit.MILLISECONDS);
        return progress;
    }

    private static ProgressBar bar(PrintStream out) {
        return new ProgressBarBuilder()
                .setTaskName("records")
                .setInitialMax(-1)
                .setUnit("", 1)
                .showSpeed()
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    private void show() {
        List<UnderWay> runs = List.copyOf(running.all());
        long records = sum(runs, run -> run.tally().get("seen"));
        long batches = sum(runs, run -> run.tally().get("batches"));
        if (bar != null && !runs.isEmpty()) {
            step(records, batches, sum(runs, UnderWay::read), sum(runs, UnderWay::toRead));
        } else if (!runs.isEmpty()) {
            long seconds =
                    Math.max(1, Duration.ofNanos(System.nanoTime() - began).toSeconds());
            LOG.info(
                    "Under way. records={} batches={} records_per_second={} seconds={}{}",
                    records,
                    batches,
                    records / seconds,
                    seconds,
                    share(runs));
        }
    }

    /** By bytes where it is known how many there are; an API never says, and the bar then counts and promises no end. */
    private void step(long records, long batches, long read, long toRead) {
        if (toRead > 0) {
            bar.maxHint(toRead >> 10);
            bar.stepTo(read >> 10);
            bar.setExtraMessage(" kB, %,d records".formatted(records));
        } else {
            bar.stepTo(Math.max(records, bar.getCurrent()));
            bar.setExtraMessage(" " + batches + " pages");
        }
    }

    private static String share(List<UnderWay> runs) {
        long toRead = sum(runs, UnderWay::toRead);
        return toRead == 0 ? "" : " percent=" + 100 * sum(runs, UnderWay::read) / toRead;
    }

    private static long sum(List<UnderWay> runs, ToLongFunction<UnderWay> count) {
        return runs.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (bar != null) {
            bar.close();
        }
    }
}
