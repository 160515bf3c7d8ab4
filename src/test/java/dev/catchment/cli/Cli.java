package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.embedded.Programs;
import dev.catchment.support.SharedClasses;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs commands with an environment of their own; the folder of application.properties is an empty one. */
public record Cli(Map<String, String> environment) {
    /** What a command said and how it ended. */
    public record Said(int code, String out, String err) {
        public Said endsWith(int expected) {
            assertThat(code).as("exit code; err: %s; out: %s", err, out).isEqualTo(expected);
            return this;
        }

        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /** On the database of this URL. */
    public static Cli on(String databaseUrl) throws IOException {
        return new Cli(Map.of("CATCHMENT_HOME", home(), "DATABASE_URL", databaseUrl));
    }

    /** On an embedded server of its own, its data in a folder under target that is emptied first. */
    static Cli embedded(String folder) throws IOException {
        Path data = Path.of("target", folder).toAbsolutePath();
        delete(data);
        Programs.share(data.resolve("postgres"));
        return new Cli(Map.of("CATCHMENT_HOME", home(), "DATA_DIR", data.toString()));
    }

    private static String home() throws IOException {
        return Files.createDirectories(Path.of("target", "cli-home"))
                .toAbsolutePath()
                .toString();
    }

    public Cli with(String variable, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(variable, value);
        return new Cli(changed);
    }

    Path data() {
        return Path.of(environment.get("DATA_DIR"));
    }

    public Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Catchment.commandLine(environment, arguments);
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = commandLine.execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }

    /** In a process of its own. @return what it said on standard output */
    String process(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(SharedClasses.options());
        command.add(Catchment.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("exit code").isZero();
        return said;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
