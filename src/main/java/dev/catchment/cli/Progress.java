package dev.catchment.cli;

import dev.catchment.catalog.Crawls;
import dev.catchment.catalog.Tally;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how a crawl goes: a bar on a terminal, else a line every ten seconds. Both on standard error. */
final class Progress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long EVERY = 10_000;

    private final Crawls crawls;
    private final ProgressBar bar;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private Progress(Crawls crawls, ProgressBar bar) {
        this.crawls = crawls;
        this.bar = bar;
    }

    static Progress of(Crawls crawls) {
        boolean terminal = Logging.isTerminal();
        Progress progress = new Progress(crawls, terminal ? bar(System.err) : null);
        long period = terminal ? 250 : EVERY;
        progress.timer.scheduleAtFixedRate(progress::show, period, period, TimeUnit.MILLISECONDS);
        return progress;
    }

    private static ProgressBar bar(PrintStream out) {
        // The API never says how much there is: the bar counts, it does not promise an end.
        return new ProgressBarBuilder()
                .setTaskName("crawling")
                .setInitialMax(-1)
                .setUnit(" records", 1)
                .showSpeed()
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build();
    }

    private void show() {
        List<Tally> tallies =
                crawls.running().stream().map(crawl -> crawl.tally()).toList();
        long records = tallies.stream().mapToLong(tally -> tally.get("seen")).sum();
        long pages = tallies.stream().mapToLong(tally -> tally.get("pages")).sum();
        if (bar != null) {
            bar.stepTo(Math.max(records, bar.getCurrent()));
            bar.setExtraMessage(" " + pages + " pages");
        } else if (!tallies.isEmpty()) {
            long seconds =
                    Math.max(1, Duration.ofNanos(System.nanoTime() - began).toSeconds());
            LOG.info(
                    "Crawling. records={} pages={} records_per_second={} seconds={}",
                    records,
                    pages,
                    records / seconds,
                    seconds);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        if (bar != null) {
            bar.close();
        }
    }
}
