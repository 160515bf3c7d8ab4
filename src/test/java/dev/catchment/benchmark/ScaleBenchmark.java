package dev.catchment.benchmark;

import dev.catchment.support.Await;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.KindServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One, two and four nodes walk the same sources, whose hosts take 300 ms to answer: first with budgets that do not bind, then with
 * 2 requests a second and host. From the first request to the last commit; nodes are up before, and each is a fresh process of the
 * launcher, on the server of DATABASE_URL, as it was installed.
 *
 * <p>{@code DATABASE_URL=postgresql://… ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=ScaleBenchmark -Dbenchmark.data=8}
 */
public final class ScaleBenchmark {
    private static final Duration LATENCY = Duration.ofMillis(300);
    private static final int SOURCES_A_HOST = 4;
    private static final int PAGES = 20;
    private static final int SIZE = 10;
    private static final String TAKEN = """
            select count(*) || ' '
              || round(extract(epoch from max(requested_at + milliseconds * interval '1 ms') - min(requested_at)), 1)
            from ops.requests""";

    private ScaleBenchmark() {}

    /** @param args how many hosts */
    public static void main(String[] args) throws Exception {
        int hosts = Integer.parseInt(args[0]);
        try (Launched launched = new Launched()) {
            launched.describe("%d hosts, %d sources, %d pages each".formatted(hosts, hosts * SOURCES_A_HOST, PAGES));
            for (int rate : new int[] {100, 2}) {
                Path kinds = kind(launched.directory(), rate);
                try (KindServer portals = portals(kinds)) {
                    for (int nodes : new int[] {1, 2, 4}) {
                        launched.begin();
                        walk(launched, kinds, portals, hosts, nodes, rate);
                    }
                }
            }
        }
    }

    private static Path kind(Path folder, int rate) throws Exception {
        Path kinds = Files.createDirectories(folder.resolve("kinds-" + rate));
        Files.writeString(kinds.resolve("slow.kind.yaml"), """
                kind: slow
                title: Slow to answer
                request: { url: "{source.url}/list" }
                records: /items
                total: /count
                key: { at: [/id] }
                modified: { at: /changed }
                order: { by: key, stable: true }
                page: { by: offset, params: { from: start, size: rows }, size: %d, end: [empty-page, total] }
                polite: { requests-per-second: %d, concurrent: 4 }
                """.formatted(SIZE, rate));
        Files.writeString(kinds.resolve("slow.sql"), HarvestRig.MAPPING);
        return kinds;
    }

    private static KindServer portals(Path kinds) throws Exception {
        KindServer portals =
                KindServer.start(HarvestRig.kind("slow", Files.readString(kinds.resolve("slow.kind.yaml"))));
        portals.standIn()
                .serve(IntStream.rangeClosed(1, PAGES * SIZE)
                        .mapToObj(number -> HarvestRig.dataset(number, "Dataset " + number))
                        .toList());
        portals.standIn().setLatency(LATENCY);
        return portals;
    }

    private static void walk(Launched launched, Path kinds, KindServer portals, int hosts, int nodes, int rate)
            throws Exception {
        Probe probe = launched.database();
        for (int source = 0; source < hosts * SOURCES_A_HOST; source++) {
            String url = portals.url(1 + source % hosts);
            probe.execute(
                    "insert into harvest.sources (name, kind, url, host, is_active) values ('s-%1$d', 'slow', '%2$s/%1$d', '127.0.0.%3$d', false)"
                            .formatted(source, url, 1 + source % hosts));
        }
        List<Process> running = new ArrayList<>();
        try {
            for (int node = 0; node < nodes; node++) {
                running.add(node(launched, kinds, node));
            }
            Await.until(
                    "the nodes are up", () -> Long.parseLong(probe.text("select count(*) from ops.nodes")) == nodes);
            probe.execute("update harvest.sources set is_active = true, due_at = now()");
            Await.until(
                    "all are walked",
                    () -> probe.text("select count(*) from harvest.walks where is_complete")
                            .equals(String.valueOf(hosts * SOURCES_A_HOST)));
            double cpu = running.stream()
                    .mapToDouble(process -> process.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            / 1e3)
                    .sum();
            String[] taken = probe.text(TAKEN).split(" ");
            double pages = Double.parseDouble(taken[0]);
            double seconds = Double.parseDouble(taken[1]);
            System.out.printf(
                    "rate %d, nodes %d: %.0f pages in %.1f s (reckoned %.1f s), %.1f pages/s; processor time of the nodes, start included, %.1f s; load %.1f%n",
                    rate,
                    nodes,
                    pages,
                    seconds,
                    ScaleSimulation.benchmark(WalkCosts.measured(), hosts, rate, nodes)
                            .seconds(),
                    pages / seconds,
                    cpu,
                    Launched.load());
        } finally {
            running.forEach(Process::destroy);
            for (Process process : running) {
                process.waitFor();
            }
        }
    }

    private static Process node(Launched launched, Path kinds, int number) throws Exception {
        Path data = launched.directory().resolve("node-" + number);
        ProcessBuilder builder = new ProcessBuilder("./catchment", "run")
                .redirectErrorStream(true)
                .redirectOutput(
                        launched.directory().resolve("node-" + number + ".log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "DATABASE_URL", launched.url(),
                        "DATA_DIR", data.toString(),
                        "NODE_ROOMS", "harvest",
                        "KINDS_DIR", kinds.toString(),
                        "HARVEST_CRON", "* * * * * ?",
                        "HARVEST_WORKERS", "4",
                        "HARVEST_WALKS_PER_HOST", String.valueOf(SOURCES_A_HOST),
                        "HARVEST_HTTP_ALLOW_PRIVATE", "true",
                        "LOG_FORMAT", "text",
                        "WEB_PORT", "off"));
        return builder.start();
    }
}
