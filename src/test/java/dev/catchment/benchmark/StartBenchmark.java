package dev.catchment.benchmark;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.support.Await;
import dev.catchment.support.Pools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Starts commands as a user does, through the launcher, on a server that runs: {@code runs} until it has ended, and
 * {@code crawl} until its first request arrives; in turns with the archive of classes and without.
 *
 * <p>{@code ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=StartBenchmark -Dbenchmark.data=10}
 */
public final class StartBenchmark {
    private static final String WITHOUT = "-Xshare:off";

    private StartBenchmark() {}

    /** What a start took. @param cpu user and system time of it and its children */
    private record Took(double wall, double cpu) {}

    /** @param args how many rounds */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("catchment-benchmark");
        try (Database database = Database.open(null, directory.resolve("postgres"), 0, Pools.of(10));
                ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new Schema(database.dataSource()).up();
            String url = database.url().connectionUrl();
            awaitArchive(url);
            List<List<Took>> took = Stream.generate(() -> (List<Took>) new ArrayList<Took>())
                    .limit(4)
                    .toList();
            for (int round = 0; round < Integer.parseInt(args[0]); round++) {
                took.get(0).add(runs(url, ""));
                took.get(1).add(runs(url, WITHOUT));
                took.get(2).add(firstRequest(url, "", upstream));
                took.get(3).add(firstRequest(url, WITHOUT, upstream));
            }
            show("runs", took.get(0));
            show("runs, no archive", took.get(1));
            show("crawl, to its first request", took.get(2));
            show("crawl, to its first request, no archive", took.get(3));
        } finally {
            Probe.delete(directory);
        }
    }

    /** The first start of a build has it made aside. */
    private static void awaitArchive(String url) throws Exception {
        runs(url, "");
        Await.until("the archive is made", () -> {
            try (Stream<Path> files = Files.list(Path.of("target"))) {
                List<String> names = files.map(Path::toString).toList();
                return names.stream().anyMatch(name -> name.endsWith(".jsa"))
                        && names.stream().noneMatch(name -> name.endsWith(".making"));
            }
        });
    }

    private static Process start(String url, String options, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DATABASE_URL", url);
        builder.environment().put("JAVA_OPTS", options);
        return builder.start();
    }

    /** The shell says what its children took: minutes and seconds of each kind, in its second line. */
    private static Took runs(String url, String options) throws Exception {
        long begun = System.nanoTime();
        Process shell = start(url, options, "/bin/sh", "-c", "./catchment runs >/dev/null; times");
        String[] times = new String(shell.getInputStream().readAllBytes())
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split("[ms ]+");
        double cpu = 60 * (Double.parseDouble(times[0]) + Double.parseDouble(times[2]))
                + Double.parseDouble(times[1])
                + Double.parseDouble(times[3]);
        return new Took((System.nanoTime() - begun) / 1e9, cpu);
    }

    private static Took firstRequest(String url, String options, ServerSocket upstream) throws Exception {
        String there = "CATALOG_US_URL=http://127.0.0.1:" + upstream.getLocalPort() + "/api/catalog/v1";
        long begun = System.nanoTime();
        Process crawl = start(url, options, "env", there, "./catchment", "crawl", "--region", "us", "--dry-run");
        upstream.accept().close();
        double wall = (System.nanoTime() - begun) / 1e9;
        double cpu = crawl.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        crawl.destroyForcibly().waitFor();
        return new Took(wall, cpu);
    }

    private static void show(String what, List<Took> took) {
        double[] wall = took.stream().mapToDouble(Took::wall).sorted().toArray();
        double[] cpu = took.stream().mapToDouble(Took::cpu).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-42s %5.2f s (%.2f to %.2f), %5.2f s of CPU%n",
                what,
                wall[wall.length / 2],
                wall[0],
                wall[wall.length - 1],
                cpu[cpu.length / 2]);
    }
}
