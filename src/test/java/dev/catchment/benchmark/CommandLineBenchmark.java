package dev.catchment.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.flow.standin.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a user does: each command is a fresh process of the launcher, and the server is the one of DATABASE_URL, as it was
 * installed. Makes a database of its own on it ({@value #NAME}) and drops it again, so the role must be allowed to.
 *
 * <p>{@code DATABASE_URL=postgresql://… ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=CommandLineBenchmark
 * -Dbenchmark.data=assets.jsonl.gz}
 */
public final class CommandLineBenchmark {
    private static final String NAME = "catchment_benchmark";
    private static final int SEEDED = 200_000;
    private static final int CRAWLED = 31_599;
    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final Path directory;
    private final URI server;

    private CommandLineBenchmark(Path directory, URI server) {
        this.directory = directory;
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        String given = System.getenv("DATABASE_URL");
        if (given == null) {
            throw new IllegalStateException("Set DATABASE_URL to a database of the server to be measured.");
        }
        Path directory = Files.createTempDirectory("catchment-benchmark");
        CommandLineBenchmark benchmark = new CommandLineBenchmark(directory, URI.create(given));
        try {
            benchmark.measure(Path.of(args[0]));
        } finally {
            benchmark.probe(given).execute("drop database if exists " + NAME + " with (force)");
            Probe.delete(directory);
        }
    }

    private void measure(Path data) throws Exception {
        Path index = directory.resolve("index.ndjson");
        ManyAssets.write(data, index, SEEDED);
        Path again = directory.resolve("again.ndjson");
        Path catalogue = directory.resolve("catalogue.jsonl");
        ManyAssets.write(data, catalogue, CRAWLED);
        Probe installed = probe(server.toString());
        System.out.printf(
                "%d assets seeded (%.0f MB), %d crawled (%.0f MB), %d processors, Java %s, PostgreSQL %s, jit=%s%n",
                SEEDED,
                Files.size(index) / 1e6,
                CRAWLED,
                Files.size(catalogue) / 1e6,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                installed.text("show server_version"),
                installed.text("show jit"));
        for (int round = 0; round < ROUNDS; round++) {
            installed.execute("drop database if exists " + NAME + " with (force)");
            installed.execute("create database " + NAME);
            command("schema up", Map.of(), "schema", "up");
            ManyAssets.again(index, again, round);
            seeds(index, again);
            crawls(catalogue);
            for (int i = 0; i < 5; i++) {
                command("runs", Map.of(), "runs");
            }
        }
        figures.forEach((what, values) -> System.out.printf(
                "%-42s %8.2f   (%s)%n",
                what,
                median(values),
                String.join(", ", values.stream().map("%.2f"::formatted).toList())));
    }

    private void seeds(Path index, Path again) throws Exception {
        double copy = copy(index, "pglz", "COPY of what is seeded, as installed, s");
        double lz4 = copy(index, "lz4", "COPY of what is seeded, with LZ4, s");
        JsonNode first = command("seed", Map.of(), "seed", "--json", "--index", index.toString());
        JsonNode second = command("unchanged seed", Map.of(), "seed", "--json", "--index", again.toString());
        expect(first, "added", SEEDED);
        expect(second, "unchanged", SEEDED);
        add("COPY as installed / seed", copy / first.get("seconds").doubleValue());
        add("COPY with LZ4 / seed", lz4 / first.get("seconds").doubleValue());
        add(
                "unchanged seed / seed",
                second.get("seconds").doubleValue() / first.get("seconds").doubleValue());
    }

    private void crawls(Path catalogue) throws Exception {
        double copy = copy(catalogue, "pglz", "COPY of what is crawled, as installed, s");
        double lz4 = copy(catalogue, "lz4", "COPY of what is crawled, with LZ4, s");
        try (StandInServer upstream = StandInServer.start("catalog.stand-in.data", catalogue.toString())) {
            Map<String, String> settings =
                    Map.of("CATALOG_US_URL", upstream.url(), "HTTP_REQUESTS_PER_SECOND", "10000");
            JsonNode first = crawl("crawl", upstream, settings);
            JsonNode second = crawl("unchanged crawl", upstream, settings);
            expect(first, "added", CRAWLED);
            expect(second, "unchanged", CRAWLED);
            add("COPY as installed / crawl", copy / first.get("seconds").doubleValue());
            add("COPY with LZ4 / crawl", lz4 / first.get("seconds").doubleValue());
            add(
                    "unchanged crawl / crawl",
                    second.get("seconds").doubleValue() / first.get("seconds").doubleValue());
        }
    }

    private JsonNode crawl(String name, StandInServer upstream, Map<String, String> settings) throws Exception {
        upstream.standIn().forget();
        Instant start = Instant.now();
        JsonNode summary = command(name, settings, "crawl", "--region", "us", "--json");
        Request request = upstream.standIn().requests().get(0);
        add(
                name + ", first request after, s",
                Duration.between(start, request.at()).toMillis() / 1e3);
        return summary;
    }

    /** @param compression pglz is what a server as installed uses; our own raw columns use LZ4 where they can */
    private double copy(Path plain, String compression, String what) throws Exception {
        Probe probe = probe(database());
        probe.execute("drop table if exists public.raw");
        probe.execute("create table public.raw (doc jsonb compression " + compression + ")");
        probe.checkpoint();
        double seconds = probe.measure(() -> probe.copy(plain)).seconds();
        probe.checkpoint();
        add(what, seconds);
        return seconds;
    }

    /** Runs one; its summary, if it prints one. */
    private JsonNode command(String name, Map<String, String> settings, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("./catchment"));
        line.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("DATABASE_URL", database());
        builder.environment().put("DATA_DIR", directory.resolve("data").toString());
        builder.environment().putAll(settings);
        Probe probe = probe(database());
        long wal = probe.wal();
        long start = System.nanoTime();
        int exit = builder.start().waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException(line + " ended with " + exit + ": " + Files.readString(err));
        }
        boolean isRun = List.of(arguments).contains("--json");
        JsonNode summary = isRun ? json.readTree(out.toFile()) : json.nullNode();
        add(name + ", process, s", seconds);
        if (isRun) {
            double run = summary.get("seconds").doubleValue();
            add(name + ", the run itself, s", run);
            add(name + ", start and end, s", seconds - run);
            add(name + ", WAL, MB", (probe.wal() - wal) / 1e6);
            probe.checkpoint();
        }
        return summary;
    }

    private static void expect(JsonNode summary, String count, int number) {
        if (summary.get(count).intValue() != number) {
            throw new IllegalStateException("not what was to be done: " + summary);
        }
    }

    private void add(String what, double value) {
        figures.computeIfAbsent(what, ignored -> new ArrayList<>()).add(value);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private String database() {
        return server.resolve("/" + NAME).toString();
    }

    private Probe probe(String url) throws IOException {
        URI uri = URI.create(url);
        String[] login = (uri.getUserInfo() + ":").split(":", -1);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {uri.getHost()});
        source.setPortNumbers(new int[] {uri.getPort() < 0 ? 5432 : uri.getPort()});
        source.setDatabaseName(uri.getPath().substring(1));
        source.setUser(login[0]);
        source.setPassword(login[1]);
        return new Probe(source);
    }
}
