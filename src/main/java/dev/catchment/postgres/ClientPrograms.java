package dev.catchment.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** pg_dump and its kin. They come with a PostgreSQL client; the embedded server has none of its own. */
public final class ClientPrograms {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final int LAST_LINES = 8;

    private final Path folder;
    private final AtomicReference<Process> running = new AtomicReference<>();

    /** @param folder where they are; null for the PATH */
    public ClientPrograms(Path folder) {
        this.folder = folder;
    }

    String place() {
        return folder == null ? "on the PATH" : "in " + folder;
    }

    /** What a program said on standard output, and its exit status with the end of what it said on standard error. */
    record Result(int status, String output, String lastWords) {}

    public Optional<Path> find(String name) {
        Stream<Path> folders = folder != null
                ? Stream.of(folder)
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .filter(entry -> !entry.isBlank())
                        .map(Path::of);
        return folders.flatMap(each -> Stream.of(each.resolve(name), each.resolve(name + ".exe")))
                .filter(each -> Files.isRegularFile(each) && Files.isExecutable(each))
                .findFirst();
    }

    public int major(Path program) throws IOException {
        Matcher version = VERSION.matcher(run(program, "", List.of("--version")).output());
        if (!version.find()) {
            throw new Database.Unusable(program + " does not say its version. Is it the program of PostgreSQL?", null);
        }
        return Integer.parseInt(version.group(1));
    }

    /** Runs it to its end. The password travels in the environment, where no other user can see it. */
    Result run(Path program, String password, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Path said = Files.createTempFile("catchment-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
            builder.environment().put("LC_ALL", "C");
            if (!password.isEmpty()) {
                builder.environment().put("PGPASSWORD", password);
            }
            return finish(builder.start(), said);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private Result finish(Process process, Path said) throws IOException {
        running.set(process);
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output, lastWords(said));
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted while a program of PostgreSQL ran.", e));
        }
    }

    private static String lastWords(Path said) throws IOException {
        List<String> lines = Files.readAllLines(said);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Ends what is running. */
    public void stop() {
        Process process = running.get();
        if (process != null) {
            process.destroy();
        }
    }
}
