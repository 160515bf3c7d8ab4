package dev.catchment.benchmark;

import dev.catchment.benchmark.WalkCosts.Pass;
import dev.catchment.benchmark.WalkCosts.Quantity;
import dev.catchment.benchmark.WalkSimulator.Host;
import dev.catchment.benchmark.WalkSimulator.Result;
import dev.catchment.benchmark.WalkSimulator.Setup;
import dev.catchment.benchmark.WalkSimulator.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What 19,140 sources with 5 million datasets take, and 10 and 100 times as many: reckoned by {@link WalkSimulator} from what
 * {@link ScaleCosts} measured, and checked against what {@link ScaleBenchmark} and the lab of budgets measured. See docs/scale.md.
 *
 * <p>{@code ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=ScaleSimulation
 * -Dbenchmark.heap=3g -Dbenchmark.data=../shared/data/portals/registry/catalogs.jsonl.zst}
 */
public final class ScaleSimulation {
    private static final long DATASETS = 5_000_000;
    private static final int CORES = 2;
    private static final int SERVER_CORES = 8;
    private static final int WORKERS = 32;
    private static final int DEFAULT_WORKERS = 2;
    /** The default of postgres.max-connections. */
    private static final int CONNECTIONS = 10;
    /** MB of a node whose heap is 256 MB, as measured in docs/performance.md. */
    private static final int NODE_MEGABYTES = 340;
    /** Shares of all datasets, a day. The recorded Hubs changed by 0.06 to 0.22 %, and 0.06 % were new. */
    private static final double CHANGED = 0.005;

    private static final double ADDED = 0.001;

    private final WalkCosts costs;

    private ScaleSimulation(WalkCosts costs) {
        this.costs = costs;
    }

    public static void main(String[] args) throws IOException {
        ScaleSimulation simulation = new ScaleSimulation(WalkCosts.measured());
        simulation.check();
        Path registry = Path.of(args[0]);
        if (!Files.isRegularFile(registry)) {
            System.out.println("There is no registry of portals at " + registry + ": nothing more can be reckoned.");
            return;
        }
        for (int times : new int[] {1, 10, 100}) {
            simulation.reckon(registry, times);
        }
    }

    /** The set-up of ScaleBenchmark. @param nodes processes on one machine */
    static Result benchmark(WalkCosts costs, int count, double rate, int nodes) {
        List<Host> hosts = IntStream.range(0, count)
                .mapToObj(host -> new Host("127.0.0." + (host + 1), 1 / rate, 0.3))
                .toList();
        List<Source> sources = IntStream.range(0, 4 * count)
                .mapToObj(source -> new Source(source % count, 21, 200, 200 * 0.1))
                .toList();
        return new WalkSimulator(new Setup(nodes, 4, 4, CORES, 0, true, Pass.FIRST), hosts, sources, costs).run();
    }

    private void check() {
        double[][] measured = {
            {100, 1, 58.9}, {100, 2, 30.2}, {100, 4, 24.1}, {2, 1, 85.3}, {2, 2, 43.6}, {2, 4, 43.9},
        };
        System.out.println("ScaleBenchmark, as docs/performance.md has it:");
        for (double[] row : measured) {
            double seconds = benchmark(costs, 8, row[0], (int) row[1]).seconds();
            System.out.printf(
                    Locale.ROOT,
                    "  rate %3.0f, %.0f nodes: reckoned %5.1f s, measured %5.1f s, %+.0f %%%n",
                    row[0],
                    row[1],
                    seconds,
                    row[2],
                    100 * (seconds / row[2] - 1));
        }
    }

    private void reckon(Path registry, int times) throws IOException {
        PortalIndex index = PortalIndex.of(registry, DATASETS * times, times);
        List<Source> sources = index.sources();
        double datasets = sources.stream().mapToLong(Source::datasets).sum();
        double requests = sources.stream().mapToLong(Source::requests).sum();
        double kilobytes = sources.stream().mapToDouble(Source::kilobytes).sum();
        System.out.printf(
                Locale.ROOT,
                "%n%d times: %,d sources (%,d of a declared kind), %,d hosts, %,.0f datasets, %,.0f requests, %,.1f GB of JSON%n",
                times,
                sources.size(),
                index.known(),
                index.hosts().size(),
                datasets,
                requests,
                kilobytes / 1e6);
        walk(index, Pass.FIRST, 1, DEFAULT_WORKERS);
        for (Pass pass : List.of(Pass.FIRST, Pass.UNCHANGED)) {
            walks(index, pass);
        }
        for (Pass pass : Pass.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "  all of it %-9s: processors of nodes %,.1f h, of the server %,.1f h, WAL %,.1f GB, disk %,.1f GB%n",
                    pass.name().toLowerCase(Locale.ROOT),
                    of(pass, Quantity.NODE_SECONDS, sources.size(), requests, datasets, kilobytes) / 3600,
                    of(pass, Quantity.SERVER_SECONDS, sources.size(), requests, datasets, kilobytes) / 3600,
                    of(pass, Quantity.WAL, sources.size(), requests, datasets, kilobytes) / 1e9,
                    of(pass, Quantity.DISK, sources.size(), requests, datasets, kilobytes) / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "  a day of %.1f %% changed and %.1f %% added: %,.0f requests, WAL %,.1f GB, disk %+,.2f GB, and %,.2f GB of ledger until it is deleted%n",
                100 * CHANGED,
                100 * ADDED,
                requests,
                day(Quantity.WAL, sources.size(), requests, datasets, kilobytes) / 1e9,
                (CHANGED * of(Pass.CHANGED, Quantity.DISK, 0, 0, datasets, kilobytes)
                                + ADDED * of(Pass.FIRST, Quantity.DISK, 0, 0, datasets, kilobytes))
                        / 1e9,
                of(Pass.UNCHANGED, Quantity.DISK, sources.size(), requests, 0, 0) / 1e9);
    }

    private double of(Pass pass, Quantity quantity, double walks, double requests, double datasets, double kilobytes) {
        return costs.of(pass, quantity, walks, requests, datasets, kilobytes);
    }

    private double day(Quantity quantity, double walks, double requests, double datasets, double kilobytes) {
        return of(Pass.UNCHANGED, quantity, walks, requests, datasets * (1 - CHANGED), kilobytes * (1 - CHANGED))
                + of(Pass.CHANGED, quantity, 0, 0, datasets * CHANGED, kilobytes * CHANGED)
                + of(Pass.FIRST, quantity, 0, 0, datasets * ADDED, kilobytes * ADDED);
    }

    /** More nodes until they gain less than a twentieth. */
    private void walks(PortalIndex index, Pass pass) {
        double last = Double.MAX_VALUE;
        for (int nodes = 1; nodes <= 64; nodes *= 2) {
            double seconds = walk(index, pass, nodes, WORKERS);
            if (seconds > 0.95 * last) {
                return;
            }
            last = seconds;
        }
    }

    private double walk(PortalIndex index, Pass pass, int nodes, int workers) {
        Setup setup = new Setup(nodes, workers, 1, CORES, SERVER_CORES, false, pass);
        Result result = new WalkSimulator(setup, index.hosts(), index.sources(), costs).run();
        double[] ends = result.hostEnds();
        int longest = IntStream.range(0, ends.length)
                .reduce((a, b) -> ends[a] >= ends[b] ? a : b)
                .orElseThrow();
        double others = IntStream.range(0, ends.length)
                .filter(host -> host != longest)
                .mapToDouble(host -> ends[host])
                .max()
                .orElse(0);
        System.out.printf(
                Locale.ROOT,
                "  %-9s walk, %2d nodes of %2d workers: %,.2f h, last %s, all others after %,.2f h; %.1f requests/s; processors of nodes %.0f %%, of the server %.0f %%; %d connections, %,d MB%n",
                pass.name().toLowerCase(Locale.ROOT),
                nodes,
                workers,
                result.seconds() / 3600,
                index.hosts().get(longest).name(),
                others / 3600,
                result.requests() / result.seconds(),
                100 * result.nodeBusy(),
                100 * result.serverBusy(),
                nodes * CONNECTIONS,
                nodes * NODE_MEGABYTES);
        return result.seconds();
    }
}
