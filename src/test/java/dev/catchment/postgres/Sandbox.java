package dev.catchment.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Directories for servers in tests, which share the unpacked programs, and processes that use them. */
final class Sandbox {

    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

    private static ServerDirectory template;

    private Sandbox() {
    }

    /** A directory whose server has run before: saves the second that making the data costs. */
    static synchronized ServerDirectory usedDirectory(Path parent, String name) throws IOException {
        if (template == null) {
            Path place = Path.of("target", "postgres-template");
            ServerDirectory.delete(place);
            template = directory(place, "postgres");
            EmbeddedServer.open(template.root(), 0).close();
        }
        ServerDirectory directory = directory(parent, name);
        copy(template.password(), directory.password());
        copy(template.cluster(), directory.cluster());
        return directory;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path path : found.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** A directory in which no server has run yet. */
    static ServerDirectory directory(Path parent, String name) throws IOException {
        ServerDirectory directory = ServerDirectory.at(parent.resolve(name));
        Files.createDirectories(BINARIES);
        Files.createSymbolicLink(directory.binaries(), BINARIES);
        return directory;
    }

    /** Starts a {@link ServerUser}; what it says goes to a file of its own. */
    static Process user(ServerDirectory directory, Path said, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
            ServerUser.class.getName(), directory.root().toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    }

    /** The address a {@link ServerUser} says once it has the server. */
    static DatabaseUrl awaitUp(Path said) throws Exception {
        await("UP in " + said, () -> Files.readString(said).contains("UP postgresql://")
            && Files.readString(said).lines().anyMatch(line -> line.startsWith("UP ") && line.endsWith("/catchment")));
        return DatabaseUrl.parse(Files.readString(said).lines().filter(line -> line.startsWith("UP "))
            .findFirst().orElseThrow().substring("UP ".length()));
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        while (!condition.call()) {
            deadline.pause("waited in vain for " + what);
        }
    }

    static long postmaster(ServerDirectory directory) throws IOException {
        return Postmaster.running(directory).orElseThrow().pid();
    }

    /** For the end of a test that kills: nothing of the server is left, even if the test failed. */
    static void killAll(ServerDirectory directory) throws Exception {
        Postmaster.running(directory).flatMap(postmaster -> ProcessHandle.of(postmaster.pid())).ifPresent(handle -> {
            handle.descendants().forEach(ProcessHandle::destroyForcibly);
            handle.destroyForcibly();
        });
        await("the end of the server", () -> Postmaster.running(directory).isEmpty());
    }
}
