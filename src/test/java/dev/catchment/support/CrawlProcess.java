package dev.catchment.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command such as {@code catchment crawl} in a process of its own, on the database of the tests, to be killed. */
public final class CrawlProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    private CrawlProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a crawl with these settings as environment variables. */
    public static CrawlProcess start(Map<String, String> settings, String... options) {
        List<String> arguments = new ArrayList<>(List.of("crawl", "--region", "us", "--json"));
        arguments.addAll(List.of(options));
        return command(settings, arguments);
    }

    /** Starts a seed of a file. */
    public static CrawlProcess seed(Map<String, String> settings, Path file) {
        return command(settings, List.of("seed", "--index", file.toString(), "--json"));
    }

    /** Starts a load of published files. */
    public static CrawlProcess load(Map<String, String> settings, Path... files) {
        List<String> arguments = new ArrayList<>(List.of("load"));
        Stream.of(files).map(Path::toString).forEach(arguments::add);
        return command(settings, arguments);
    }

    /** Starts the service. */
    public static CrawlProcess service(Map<String, String> settings) {
        return command(settings, List.of("run"));
    }

    /** Starts the service with these rooms alone: to start all of them takes twice as long. */
    public static CrawlProcess service(String rooms, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("node.rooms", rooms);
        return service(all);
    }

    /**
     * Starts the service behind other words, such as {@code ip netns exec NAME}, on the database that the settings name as
     * {@code database.url}.
     */
    public static CrawlProcess service(List<String> before, Map<String, String> settings) {
        List<String> words = new ArrayList<>(before);
        words.addAll(java(List.of("run")));
        return process(settings, words);
    }

    /** Whether a command can be given a terminal here. */
    public static boolean hasTerminals() {
        try {
            List<String> probe = List.of("script", "-qec", "env --default-signal=INT true", "/dev/null");
            return new ProcessBuilder(probe).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Starts a command on a terminal of its own, of 24 lines of 80 characters; what stands on it is its standard output.
     * A signal that the tests were told to ignore it does not.
     */
    public static CrawlProcess onTerminal(Map<String, String> settings, String... arguments) {
        List<String> java = new ArrayList<>(java(List.of(arguments)));
        java.add(1, "-Dcatchment.terminal=true");
        String line = "stty rows 24 cols 80; exec env --default-signal=INT TERM=xterm"
                + java.stream().map(word -> " '" + word + "'").collect(Collectors.joining());
        return process(settings, List.of("script", "-qefc", line, "/dev/null"));
    }

    /** Types on its terminal, or writes to its input; what control characters mean, such as the 3 of Ctrl-C, is for the terminal to say. */
    public void type(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the end that it reads from. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts any command. */
    public static CrawlProcess command(Map<String, String> settings, List<String> arguments) {
        return process(settings, java(arguments));
    }

    private static CrawlProcess process(Map<String, String> settings, List<String> command) {
        try {
            Path out = Files.createTempFile("crawl", ".out");
            Path err = Files.createTempFile("crawl", ".err");
            out.toFile().deleteOnExit();
            err.toFile().deleteOnExit();
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            if (!settings.containsKey("database.url")) {
                builder.environment()
                        .put("DATABASE_URL", TestDatabase.get().url().connectionUrl());
            }
            builder.environment()
                    .put(
                            "CATCHMENT_HOME",
                            Path.of("target", "nowhere").toAbsolutePath().toString());
            settings.forEach((key, value) ->
                    builder.environment().put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
            return new CrawlProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(SharedClasses.options());
        command.add("dev.catchment.cli.Catchment");
        command.addAll(arguments);
        return command;
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGSTOP: it does nothing any more, and its connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on, and does not know for how long it did not. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("the process cannot be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM, as a service manager sends it. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end and gives its exit code. */
    public int exitCode() {
        Await.until("the command in its own process has ended", () -> said(err), said -> !process.isAlive());
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
