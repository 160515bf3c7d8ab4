package dev.catchment.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code catchment crawl} in a process of its own, on the database of the tests, to be killed. */
public final class CrawlProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private CrawlProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it with these settings as environment variables. */
    public static CrawlProcess start(Map<String, String> settings) {
        try {
            Path out = Files.createTempFile("crawl", ".out");
            Path err = Files.createTempFile("crawl", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command()).redirectOutput(out.toFile()).redirectError(err.toFile());
            Map<String, String> environment = builder.environment();
            environment.put("DATABASE_URL", TestDatabase.get().url().connectionUrl());
            environment.put("CATCHMENT_HOME", out.getParent().toString());
            settings.forEach(
                    (key, value) -> environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
            return new CrawlProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.catchment.cli.Catchment"));
        command.addAll(List.of("crawl", "--region", "us", "--json"));
        return command;
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, as a service manager sends it. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end and gives its exit code. */
    public int exitCode() {
        Await.until("the crawl in its own process has ended: " + said(err), () -> !process.isAlive());
        return process.exitValue();
    }

    public String standardOutput() {
        return said(out);
    }

    public String standardError() {
        return said(err);
    }

    private static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
