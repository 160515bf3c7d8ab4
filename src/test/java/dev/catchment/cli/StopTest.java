package dev.catchment.cli;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.PageServer;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Services that are told to stop. A handful of stops by default, {@code -Dstops=50} for more. */
@Tag("process")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class StopTest {
    private static final int STOPS = Integer.getInteger("stops", 4);
    private static final int AT_ONCE = 2;
    private static final int TERMINATED = 128 + 15;
    private static final int PAGES = 200;

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @TempDir
    Path folder;

    private final PageServer pages = PageServer.start();
    private final AtomicInteger dropped = new AtomicInteger();

    @BeforeEach
    void serve() {
        rig.serve(Assets.lines(2_000)).standIn().setLatency(Duration.ofMillis(10));
        pages.pause(Duration.ofMillis(20));
        for (int i = 0; i < PAGES; i++) {
            pages.serve("/visa/" + i, ServedPage.html("<h1>Visa</h1><p>" + "The fee is 100 pounds. ".repeat(50)));
            Watched.source("Visa " + i, pages.url(i % 20 + 1, "/visa/" + i));
        }
    }

    @AfterEach
    void close() {
        pages.close();
    }

    /** What a service is at when it is told to stop: so many rows of its own are there. */
    private enum Moment {
        START("select 0"),
        CRAWL("select count(*) from ops.requests q join ops.runs r on r.id = q.run_id where r.node like ?"),
        WATCH("select count(*) from policy.fetches f join ops.runs r on r.id = f.run_id where r.node like ?"),
        LOAD("select count(*) from names.jobs where claimed_by like ?");

        private final String rows;

        Moment(String rows) {
            this.rows = rows;
        }

        void await(CrawlProcess service, Random random, Runnable meanwhile) {
            if (this == START) {
                pass(random.nextInt(5_000));
            } else {
                int wanted = 1 + random.nextInt(this == LOAD ? 2 : 20);
                Await.until(this + " is under way: " + service.standardError(), () -> {
                    meanwhile.run();
                    return number(rows, "%:" + service.pid() + "%") >= wanted;
                });
                pass(random.nextInt(200));
            }
        }

        private static void pass(int milliseconds) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
            Await.until("the moment has come", () -> System.nanoTime() > end);
        }
    }

    @Test
    void it_ends_in_order_at_whatever_moment_it_is_told_to() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Void>> stops = IntStream.range(0, STOPS)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> stop(i), threads))
                    .toList();
            stops.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        assertThat(texts("select room || ' ' || scope || ' ' || status || ' ' || coalesce(error, '') from ops.runs "
                        + "where status not in ('stopped', 'succeeded')"))
                .isEmpty();
        assertThat(number("select count(*) from policy.sources where claimed_by is not null"))
                .isZero();
        assertThat(number("select count(*) from policy.hosts where claimed_by is not null"))
                .isZero();
        assertThat(number("select count(*) from names.jobs where status = 'running'"))
                .isZero();
    }

    private void stop(int number) {
        Moment moment = Moment.values()[number % Moment.values().length];
        TestDatabase.execute("update policy.sources set next_check_at = now()");
        try (CrawlProcess service = CrawlProcess.service("catalog,policy,names", settings())) {
            // The services share the inbox: whoever is quicker takes a file, so there is always another.
            moment.await(service, new Random(number), moment == Moment.LOAD ? this::drop : () -> {});
            service.terminate();
            int code = service.exitCode();
            assertThat(code)
                    .as("stop %d at %s: %s", number, moment, service.standardError())
                    .isIn(
                            moment == Moment.START
                                    ? List.of(ExitCode.INTERRUPTED, TERMINATED)
                                    : List.of(ExitCode.INTERRUPTED));
            assertThat(service.standardError())
                    .as("stop %d at %s", number, moment)
                    .doesNotContain("ERROR");
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(rig.settings());
        settings.put("data.dir", folder.toString());
        settings.put("catalog.page-size", "5");
        settings.put("http.requests-per-second", "50");
        settings.put("catalog.us.cron", "* * * * * ?");
        settings.put("catalog.eu.cron", "* * * * * ?");
        settings.put("policy.http.allow-private", "true");
        settings.put("policy.http.gap", "0ms");
        settings.put("policy.watch.cron", "* * * * * ?");
        settings.put("names.inbox.settle", "0ms");
        settings.put("names.poll", "100ms");
        return settings;
    }

    /** Another file of names, if the inbox holds none. */
    private void drop() {
        Path inbox = folder.resolve("inbox/names/us-ssa");
        try {
            Files.createDirectories(inbox);
            try (Stream<Path> waiting = Files.list(inbox)) {
                if (waiting.anyMatch(Files::isRegularFile)) {
                    return;
                }
            }
            int file = dropped.getAndIncrement();
            String rows = IntStream.range(0, 3_000)
                    .mapToObj(i -> "Na%s,F,%d".formatted(letters(i), 10_000 - i + file))
                    .collect(Collectors.joining("\r\n"));
            Path partial = Files.writeString(folder.resolve("yob.part"), rows);
            Files.move(partial, inbox.resolve("yob" + (1880 + file % 140) + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String letters(int number) {
        return "" + (char) ('a' + number / 676 % 26) + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26);
    }

    @Test
    void one_that_waits_without_end_says_for_what_and_is_ended_and_the_next_goes_on() throws Exception {
        rig.set("log.format", "text").set("http.timeout", "60s");
        try (Connection other = TestDatabase.get().dataSource().getConnection();
                CrawlProcess crawl = CrawlProcess.start(rig.settings())) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table catalog.socrata_datasets in access exclusive mode");
            Await.until(
                    "a page waits for the table: " + crawl.standardError(),
                    () -> number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
            crawl.terminate();
            assertThat(crawl.exitCode()).as(crawl.standardError()).isEqualTo(ExitCode.STUCK);
            assertThat(crawl.standardError())
                    .contains("Still stopping after 10 s", "routes=[catalog-crawl-page:1", "catalog-crawl-write:")
                    .contains("seda://catalog-crawl-write\" in org.postgresql.", "dev.catchment.flow.InFlight.")
                    .contains("with exit code 124");
            other.rollback();
        }
        assertThat(rig.crawl()).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(2_000);
    }
}
