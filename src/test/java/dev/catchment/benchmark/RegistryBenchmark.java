package dev.catchment.benchmark;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.registry.SeedOrder;
import dev.catchment.settings.Settings;
import dev.catchment.support.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Seeds 200,000 assets made from recorded ones, and in the same run COPYs the same raw JSON into one jsonb column.
 *
 * <p>{@code ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=RegistryBenchmark -Dbenchmark.data=assets.jsonl.gz}
 */
public final class RegistryBenchmark {
    private static final int ASSETS = 200_000;
    private static final int ROUNDS = 3;

    private RegistryBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("catchment-benchmark");
        try (Database database = Database.open(null, directory.resolve("postgres"), 0, Pools.of(10))) {
            new Schema(database.dataSource()).up();
            Path index = directory.resolve("index.ndjson");
            ManyAssets.write(Path.of(args[0]), index, ASSETS);
            ManyAssets.again(index, index.resolveSibling("again.ndjson"), 0);
            System.out.printf(
                    "%d assets, %.1f MB of NDJSON, -Xmx%d MB, %d processors, Java %s, PostgreSQL %s%n",
                    ASSETS,
                    Files.size(index) / 1e6,
                    Runtime.getRuntime().maxMemory() >> 20,
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("java.version"),
                    new Probe(database.dataSource()).text("show server_version"));
            measure(database, index);
        } finally {
            Probe.delete(directory);
        }
    }

    private static void measure(Database database, Path index) throws Exception {
        Probe probe = new Probe(database.dataSource());
        Rounds rounds = new Rounds();
        Rounds.heading("seed");
        Settings settings = Settings.load(Path.of("").toAbsolutePath(), Map.of());
        try (Service service = Service.start(settings, database, Map.of(), Routes.of("registry"))) {
            for (int round = 1; round <= ROUNDS; round++) {
                probe.empty();
                Measure copy = probe.measure(() -> probe.copy(index));
                probe.checkpoint();
                Measure first = probe.measure(() -> seed(service, index, "added"));
                probe.checkpoint();
                Measure again = probe.measure(() -> seed(service, index.resolveSibling("again.ndjson"), "unchanged"));
                rounds.add(round, ASSETS, copy, first, again);
            }
        }
        rounds.summary();
    }

    private static void seed(Service service, Path index, String expected) {
        Map<String, Object> summary = service.ask("registry-seed", new SeedOrder(index, "benchmark", false, false));
        if (((Number) summary.get(expected)).longValue() != ASSETS) {
            throw new IllegalStateException("the seed did not do its work: " + summary);
        }
    }
}
