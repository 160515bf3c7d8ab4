package dev.catchment.postgres.embedded;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.support.Await;
import dev.catchment.support.Fork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Directories for servers in tests, which share the unpacked programs, and processes that use them. */
final class Sandbox {

    private static ServerDirectory used;

    private Sandbox() {}

    /** One directory whose server has run before: making the data anew would cost each test two seconds. */
    static synchronized ServerDirectory usedDirectory() throws IOException {
        if (used == null) {
            Path place = Fork.folder("postgres with blanks");
            ServerDirectory.delete(place);
            used = directory(place, "data");
            EmbeddedServer.open(used.root(), 0).close();
        }
        return used;
    }

    /** A directory in which no server has run yet. */
    static ServerDirectory directory(Path parent, String name) throws IOException {
        ServerDirectory directory = ServerDirectory.at(parent.resolve(name));
        Programs.share(directory.root());
        return directory;
    }

    /** Starts a {@link ServerUser}; what it says goes to a file of its own. */
    static Process user(ServerDirectory directory, Path said, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerUser.class.getName(),
                directory.root().toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    /** The address a {@link ServerUser} says once it has the server. */
    static DatabaseUrl awaitUp(Path said) throws Exception {
        await(
                "UP in " + said,
                () -> Files.readString(said).contains("UP postgresql://")
                        && Files.readString(said)
                                .lines()
                                .anyMatch(line -> line.startsWith("UP ") && line.endsWith("/catchment")));
        return DatabaseUrl.parse(Files.readString(said)
                .lines()
                .filter(line -> line.startsWith("UP "))
                .findFirst()
                .orElseThrow()
                .substring("UP ".length()));
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        Await.until(what, condition);
    }

    static long postmaster(ServerDirectory directory) throws IOException {
        return Postmaster.running(directory).orElseThrow().pid();
    }

    /** For the end of a test that kills: nothing of the server is left, even if the test failed. */
    static void killAll(ServerDirectory directory) throws Exception {
        Postmaster.running(directory)
                .flatMap(postmaster -> ProcessHandle.of(postmaster.pid()))
                .ifPresent(handle -> {
                    handle.descendants().forEach(ProcessHandle::destroyForcibly);
                    handle.destroyForcibly();
                });
        await("the end of the server", () -> Postmaster.running(directory).isEmpty());
    }
}
