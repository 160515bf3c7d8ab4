package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.support.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with a Java, a jar and a heap that does not suffice. */
class OutOfMemoryTest {
    @TempDir
    private Path clone;

    /** Else the second one waits for the lease of the first, which died with the same file. */
    @BeforeEach
    void empty() {
        TestDatabase.empty();
    }

    /** A record of 50 MB is larger than what is left of a heap of 64 MB. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "seed"})
    @Timeout(900)
    void who_runs_out_of_memory_ends_at_once_with_a_status_of_its_own(String command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "sh is not on this machine");
        build();
        Path inbox = Files.createDirectories(clone.resolve("data/inbox/registry"));
        Path index = Files.writeString(inbox.resolve("index.json"), "{\"name\": \"" + "x".repeat(50 << 20) + "\"}\n");
        Path out = clone.resolve("out");
        Path err = clone.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(clone.resolve("catchment").toString());
        builder.command().addAll(command.equals("run") ? List.of("run") : List.of("seed", "--index", index.toString()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-Xmx64m -Xshare:off -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        builder.environment().put("NODE_ROOMS", "registry");
        builder.environment().put("REGISTRY_MAX_RECORD", "64MB");
        builder.environment().put("CATALOG_CRAWL_ON_START", "never");
        builder.environment().put("DATABASE_URL", TestDatabase.get().url().connectionUrl());
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(ExitCode.OUT_OF_MEMORY);
        assertThat(Files.readString(err)).contains("out of memory", "JAVA_OPTS");
        assertThat(Files.readString(out)).doesNotContain("OutOfMemory");
    }

    /** What was built, as far as the launcher looks; the jar leads to the classes of this test. */
    private void build() throws IOException {
        Files.copy(Path.of("catchment"), clone.resolve("catchment"));
        clone.resolve("catchment").toFile().setExecutable(true);
        for (String part : List.of("src/main", "routes", "sql", "target/lib")) {
            Files.createDirectories(clone.resolve(part));
        }
        Files.createFile(clone.resolve("pom.xml"));
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Catchment.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> new File(entry).toURI().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream jar = Files.newOutputStream(clone.resolve("target/catchment.jar"))) {
            new JarOutputStream(jar, manifest).close();
        }
    }

    @Test
    void the_service_manager_starts_it_again() throws IOException {
        assertThat(Path.of("ops/catchment.service"))
                .content()
                .contains("\nRestart=on-failure\n", "\nRestartPreventExitStatus=2 124\n", "\nSuccessExitStatus=130\n");
        assertThat(Path.of("ops/Containerfile")).content().contains("OnOutOfMemoryError=kill -USR1 %p");
    }
}
