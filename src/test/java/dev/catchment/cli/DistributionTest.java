package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the last {@code ./mvnw package}, unpacked elsewhere; skipped where there is none. */
class DistributionTest {
    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            Path archive = built.filter(file -> file.getFileName().toString().matches("catchment-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElse(null);
            assumeTrue(archive != null, "There is no target/catchment-*.tar.gz: './mvnw package' makes it.");
            run(folder, "tar", "-xzf", archive.toAbsolutePath().toString());
        }
        try (Stream<Path> unpacked = Files.list(folder)) {
            home = unpacked.findFirst().orElseThrow();
        }
    }

    @Test
    void it_holds_what_an_operator_needs() {
        assertThat(List.of(
                        "catchment",
                        "catchment.jar",
                        "lib",
                        "application.properties",
                        "kinds",
                        "routes",
                        "sql",
                        "README.md",
                        "ops/catchment.service",
                        "docs/operations.md"))
                .allMatch(name -> Files.exists(home.resolve(name)));
        assertThat(List.of("pom.xml", "mvnw", "src", "data", "target"))
                .noneMatch(name -> Files.exists(home.resolve(name)));
    }

    @Test
    void unpacked_elsewhere_it_runs_without_building() throws Exception {
        assertThat(run(folder, home.resolve("catchment").toString(), "version")).startsWith("catchment 0.");
        assertThat(run(folder, home.resolve("catchment").toString(), "kinds", "list"))
                .contains("ckan");
        assertThat(home.resolve("target")).doesNotExist();
    }

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("JAVA_OPTS", "-Xshare:off"));
        builder.environment().remove("CATCHMENT_HOME");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
