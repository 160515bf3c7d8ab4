package dev.catchment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.ClientPrograms;
import dev.catchment.support.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lab that is killed in the middle of a round. */
@Tag("process")
class LeavingsTest {
    private static final Path FOLDER = Path.of("target", "lab").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neither_nodes_nor_server_nor_disk_nor_network_stay(boolean isKilled) throws Exception {
        Assumptions.assumeTrue(
                new ClientPrograms(null).find("pg_dump").isPresent(),
                "this system has a PostgreSQL server for the lab");
        Path said = Files.createTempFile("lab", ".out");
        Process lab = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlab.nodes=1",
                        "-Dlab.only=registry",
                        "dev.catchment.lab.Lab")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Await.until(
                "a node is up",
                () -> Files.readString(said),
                text -> text.contains("1 node started") || !lab.isAlive());
        String saidSoFar = Files.readString(said);
        assertThat(saidSoFar).contains("1 node started");
        Path file = FOLDER.resolve(lab.pid() + ".left");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).anyMatch(line -> line.startsWith("node ")).anyMatch(line -> line.startsWith("server "));
        if (!saidSoFar.contains("namespaces of their own")) {
            lines.removeIf(line -> line.startsWith("network ")); // it was tried, and taken back
        }
        Leavings.begin(FOLDER).close();
        assertThat(left(lines)).as("another lab begins beside it").hasSameSizeAs(lines);
        if (isKilled) {
            lab.destroyForcibly();
            lab.waitFor();
            assertThat(left(lines)).as("nobody told it to clear away").isNotEmpty();
            Leavings.begin(FOLDER).close();
        } else {
            lab.destroy();
            lab.waitFor();
        }
        assertThat(left(lines)).isEmpty();
        assertThat(file).doesNotExist();
        Files.delete(said);
    }

    private static List<String> left(List<String> lines) {
        return lines.stream().filter(LeavingsTest::isLeft).toList();
    }

    private static boolean isLeft(String line) {
        String[] words = line.split(" ");
        return switch (words[0]) {
            case "node" -> ProcessHandle.of(Long.parseLong(words[1])).isPresent();
            case "server" ->
                ProcessHandle.allProcesses()
                        .anyMatch(process -> process.info()
                                .commandLine()
                                .filter(command -> command.contains(words[1]))
                                .isPresent());
            case "disk" -> Files.exists(Path.of(words[1]));
            default ->
                output("ip", "link").contains("lab" + words[1])
                        || output("ip", "netns").contains("lab" + words[1]);
        };
    }

    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return "";
        }
    }
}
