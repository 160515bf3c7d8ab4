package dev.catchment.benchmark;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.settings.Settings;
import dev.catchment.support.Pools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Crawls a recorded catalogue from the stand-in, throttle off, and in the same run COPYs the same raw JSON into one
 * jsonb column of the same server. Two measurements in one run, quoted as a ratio: machines are noisy.
 *
 * <p>{@code ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark.data=assets.jsonl.gz}
 */
public final class CatalogBenchmark {
    private static final int ROUNDS = 7;

    private CatalogBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        Path directory = Files.createTempDirectory("catchment-benchmark");
        try (Database database = Database.open(null, directory.resolve("postgres"), 0, Pools.of(10))) {
            new Schema(database.dataSource()).up();
            Probe probe = new Probe(database.dataSource());
            Path plain = directory.resolve("records.csv");
            int count = introduce(data, plain, probe);
            throughput(database, data, plain, count, probe);
            latency(database, data, probe);
        } finally {
            Probe.delete(directory);
        }
    }

    private static int introduce(Path data, Path plain, Probe probe) throws Exception {
        List<byte[]> records = Probe.records(data);
        Probe.writeCopyFile(records, plain);
        System.out.printf(
                "%s, %d records, %.1f MB of JSON, -Xmx%d MB, %d processors, Java %s, PostgreSQL %s%n",
                data.getFileName(),
                records.size(),
                records.stream().mapToLong(record -> record.length).sum() / 1e6,
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                probe.text("show server_version"));
        return records.size();
    }

    private static void throughput(Database database, Path data, Path plain, int count, Probe probe) throws Exception {
        Rounds.heading("crawl");
        Rounds rounds = new Rounds();
        try (Service service = service(database, data, Map.of("http.requests-per-second", "10000"))) {
            for (int round = 1; round <= ROUNDS; round++) {
                probe.empty();
                Measure copy = probe.measure(() -> probe.copy(plain));
                probe.checkpoint();
                Measure first = probe.measure(() -> crawl(service, count));
                probe.checkpoint();
                Measure again = probe.measure(() -> crawl(service, count));
                rounds.add(round, count, copy, first, again);
            }
        }
        rounds.summary();
    }

    /** With a slow and rationed upstream the wall time is to be what the slower of the two dictates. */
    private static void latency(Database database, Path data, Probe probe) throws Exception {
        Map<String, String> slow = Map.of("http.requests-per-second", "5", "catalog.stand-in.latency", "300ms");
        try (Service service = service(database, data, slow)) {
            for (int round = 1; round <= 2; round++) {
                probe.empty();
                Measure crawl = probe.measure(() -> crawl(service, -1));
                long requests =
                        probe.number("select count(*) from ops.requests where run_id = (select max(id) from ops.runs)");
                double limit = Math.max(requests * 0.3, (requests - 1) / 5.0);
                System.out.printf(
                        "300 ms latency, 5 requests/s, first crawl, %s: %d requests, wall %.2f s, limit %.2f s, ratio %.3f%n",
                        round == 1 ? "routes just started" : "routes warm",
                        requests,
                        crawl.seconds(),
                        limit,
                        crawl.seconds() / limit);
            }
        }
    }

    private static void crawl(Service service, int records) {
        WalkOrder order = new WalkOrder("catalog", "crawl", "us", "benchmark", null, true, null, null, 0, false);
        Map<String, Object> summary = service.ask("catalog-crawl", order);
        long got = ((Number) summary.get("seen")).longValue() + ((Number) summary.get("skipped")).longValue();
        if (!"succeeded".equals(summary.get("status")) || (records >= 0 && got != records)) {
            throw new IllegalStateException("the crawl did not do its work: " + summary);
        }
    }

    private static Service service(Database database, Path data, Map<String, String> more) throws IOException {
        int port = ServerPort.free();
        Map<String, String> changes = new HashMap<>(Map.of(
                "catalog.us.url",
                "http://127.0.0.1:" + port + "/api/catalog/v1",
                "catalog.stand-in.enabled",
                "true",
                "catalog.stand-in.port",
                String.valueOf(port),
                "catalog.stand-in.data",
                data.toAbsolutePath().toString()));
        changes.putAll(more);
        Settings settings =
                Settings.load(Path.of("").toAbsolutePath(), Map.of()).with(changes);
        return Service.start(settings, database, Map.of(), Routes.of("catalog", "http"));
    }
}
