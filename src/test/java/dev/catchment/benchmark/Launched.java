package dev.catchment.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Commands as a user gives them: each is a fresh process of the launcher, on a database of its own of the server of
 * DATABASE_URL, as it was installed. What was measured is printed at the end.
 */
final class Launched implements AutoCloseable {
    private static final String NAME = "catchment_benchmark";

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final Path directory = Files.createTempDirectory("catchment-benchmark");
    private final URI server;
    private boolean isKept;

    Launched() throws IOException {
        String given = System.getenv("DATABASE_URL");
        if (given == null) {
            throw new IllegalStateException("Set DATABASE_URL to a database of the server to be measured.");
        }
        server = URI.create(given);
    }

    Path directory() {
        return directory;
    }

    /** The server itself: the database that was given, which nothing is written to. */
    Probe installed() {
        return probe(server.toString());
    }

    /** The database that is measured. */
    Probe database() {
        return probe(url());
    }

    /** Begins a round on an empty database. */
    void begin() throws Exception {
        installed().execute("drop database if exists " + NAME + " with (force)");
        installed().execute("create database " + NAME);
        command("schema up", Map.of(), "schema", "up");
    }

    /** Goes on with the database of an earlier round, and leaves it. */
    void resume() throws Exception {
        isKept = true;
        command("schema up", Map.of(), "schema", "up");
    }

    void describe(String what) throws Exception {
        System.out.printf(
                "%s, %d processors, load %.2f, Java %s, PostgreSQL %s, jit=%s%n",
                what,
                Runtime.getRuntime().availableProcessors(),
                load(),
                System.getProperty("java.version"),
                installed().text("show server_version"),
                installed().text("show jit"));
    }

    /** How many want a processor; below zero where nobody knows. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    void print() {
        figures.forEach((what, values) -> System.out.printf(
                "%-54s %8.2f   (%s)%n",
                what,
                median(values),
                String.join(", ", values.stream().map("%.2f"::formatted).toList())));
    }

    /** @param compression pglz is what a server as installed uses; our own raw columns use LZ4 where they can */
    double copy(Path plain, String compression, String what) throws Exception {
        Probe probe = database();
        probe.execute("drop table if exists public.raw");
        probe.execute("create table public.raw (doc jsonb compression " + compression + ")");
        probe.checkpoint();
        double seconds = probe.measure(() -> probe.copy(plain)).seconds();
        probe.execute("drop table public.raw");
        probe.checkpoint();
        add(what, seconds);
        return seconds;
    }

    /** Runs one; its summary, if it prints one. */
    JsonNode command(String name, Map<String, String> settings, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("./catchment"));
        line.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("DATABASE_URL", url());
        builder.environment().put("DATA_DIR", directory.resolve("data").toString());
        builder.environment().putAll(settings);
        Probe probe = database();
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

    static void expect(JsonNode summary, String count, int number) {
        if (summary.get(count).intValue() != number) {
            throw new IllegalStateException("not what was to be done: " + summary);
        }
    }

    void add(String what, double value) {
        figures.computeIfAbsent(what, ignored -> new ArrayList<>()).add(value);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    String url() {
        return server.resolve("/" + NAME).toString();
    }

    private static Probe probe(String url) {
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

    @Override
    public void close() throws IOException, SQLException {
        if (!isKept) {
            installed().execute("drop database if exists " + NAME + " with (force)");
        }
        Probe.delete(directory);
    }
}
