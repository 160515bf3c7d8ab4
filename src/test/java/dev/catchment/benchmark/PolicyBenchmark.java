package dev.catchment.benchmark;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.policy.WatchOrder;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.settings.Settings;
import dev.catchment.support.PageServer;
import dev.catchment.support.Pools;
import dev.catchment.support.ServedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Watches 2,000 recorded pages of a server in the same process: each becomes a version in the first round; in the second
 * none has changed, and half of the answers are 304. Nothing waits for politeness.
 *
 * <p>{@code ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=PolicyBenchmark -Dbenchmark.data=FOLDER}
 */
public final class PolicyBenchmark {
    private static final int PAGES = 2_000;
    private static final int HOSTS = 8;

    private static final String OUTCOMES =
            "select concat_ws(' ', count(*), outcome, cause) from policy.fetches group by outcome, cause order by 1";

    private PolicyBenchmark() {}

    public static void main(String[] args) throws Exception {
        List<byte[]> recorded = recorded(Path.of(args[0]));
        Path directory = Files.createTempDirectory("catchment-benchmark");
        try (Database database = Database.open(null, directory.resolve("postgres"), 0, Pools.of(10));
                PageServer pages = PageServer.start()) {
            new Schema(database.dataSource()).up();
            Probe probe = new Probe(database.dataSource());
            try (Service service =
                    Service.start(settings(directory), database, Map.of(), Routes.of("policy", "mail"))) {
                for (int round = 1; round <= 2; round++) {
                    serve(recorded, pages, probe);
                    measure(round, service, probe, pages);
                }
            }
        } finally {
            Probe.delete(directory);
        }
    }

    private static Settings settings(Path directory) {
        return Settings.load(Path.of("").toAbsolutePath(), Map.of())
                .with(Map.of(
                        "data.dir", directory.toString(),
                        "policy.http.allow-private", "true",
                        "policy.http.gap", "0ms",
                        "policy.confirm.first-below", "0"));
    }

    /** HTML pages only: reading a PDF takes as long as PDFBox does. */
    private static List<byte[]> recorded(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<byte[]> pages = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .map(PolicyBenchmark::bytes)
                    .toList();
            if (pages.isEmpty()) {
                throw new IllegalArgumentException("there is no .html in " + folder);
            }
            return pages;
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void serve(List<byte[]> recorded, PageServer pages, Probe probe) throws Exception {
        probe.execute("delete from policy.sources; delete from policy.snapshots; delete from policy.hosts");
        for (int i = 0; i < PAGES; i++) {
            ServedPage page = ServedPage.of("text/html; charset=utf-8", recorded.get(i % recorded.size()));
            pages.serve("/" + i, i % 2 == 0 ? page.with("ETag", "\"" + i + "\"") : page);
            probe.execute("insert into policy.sources (name, url, country, visa_type, fetch_type) values ('Page " + i
                    + "', '" + pages.url(i % HOSTS + 1, "/" + i) + "', 'GB', 'work', 'html')");
        }
    }

    private static void measure(int round, Service service, Probe probe, PageServer pages) throws Exception {
        long before = pages.sent();
        Measure first = measured(service, probe);
        long sent = pages.sent() - before;
        probe.execute("update policy.sources set next_check_at = now()");
        Measure again = measured(service, probe);
        long versions = probe.number("select count(*) from policy.policy_versions");
        System.out.printf(
                "round %d: %,d pages, %,.0f MB from the server, %,d versions; %s%n",
                round, PAGES, sent / 1e6, versions, probe.texts(OUTCOMES));
        report("to versions", first);
        report("unchanged", again);
        System.out.printf("  unchanged takes %.2f x the time%n", again.seconds() / first.seconds());
    }

    private static void report(String what, Measure measure) {
        System.out.printf(
                "  %-12s %6.1f s = %4.0f pages/s; WAL %6.1f MB; peak heap %.0f MB of %d%n",
                what,
                measure.seconds(),
                measure.perSecond(PAGES),
                measure.wal() / 1e6,
                measure.heap() / 1e6,
                Runtime.getRuntime().maxMemory() / 1_000_000);
    }

    private static Measure measured(Service service, Probe probe) throws Exception {
        probe.checkpoint();
        return probe.measure(() -> service.ask("policy-watch", WatchOrder.due("timer")));
    }
}
