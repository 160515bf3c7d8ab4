package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.support.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a clone of our making, with a build and a Java that only say that they were called. */
class LauncherBuildTest {
    private static final String MVNW = """
            echo built >> builds
            sleep 0.5
            mkdir -p target/lib
            touch target/catchment.jar""";

    @TempDir
    Path folder;

    private Path clone;

    @BeforeEach
    void copy() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "sh is not on this machine");
        clone = Files.createDirectories(folder.resolve("a clone's place"));
        Files.copy(Path.of("catchment"), clone.resolve("catchment"));
        clone.resolve("catchment").toFile().setExecutable(true);
        for (String part : List.of("src/main", "routes", "sql")) {
            Files.createDirectories(clone.resolve(part));
        }
        Files.createFile(clone.resolve("pom.xml"));
        script(clone.resolve("mvnw"), MVNW);
        java("17.0.1");
    }

    @Test
    void it_runs_what_it_built_from_another_folder_and_through_links() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/one"), Path.of("../a clone's place/catchment"));
        Files.createSymbolicLink(folder.resolve("bin/two"), Path.of("one"));
        for (String name : List.of("bin/two", "bin/one", "a clone's place/catchment")) {
            Process process = launch(folder.resolve(name).toString(), "version");
            assertThat(said(process)).endsWith("-jar " + clone.toRealPath() + "/target/catchment.jar version\n");
            assertThat(process.exitValue()).isZero();
        }
        assertThat(builds()).hasSize(1);
        Files.writeString(clone.resolve("routes/new.yaml"), "newer than the jar");
        said(launch(clone.resolve("catchment").toString(), "version"));
        assertThat(builds()).hasSize(2);
    }

    @Test
    void a_copy_of_a_built_tree_is_built() throws Exception {
        Files.writeString(clone.resolve("routes/one.yaml"), "the same in the copy");
        said(launch(clone.resolve("catchment").toString(), "version"));
        Path copy = folder.resolve("copy");
        awaitMade();
        // Without -p: what is copied later is newer, and the jar may be the oldest of all.
        assertThat(said(launch("cp", "-r", clone.toString(), copy.toString()))).isEmpty();
        Files.setLastModifiedTime(copy.resolve("target/catchment.jar"), FileTime.fromMillis(0));
        said(launch(copy.resolve("catchment").toString(), "version"));
        assertThat(Files.readAllLines(copy.resolve("builds"))).hasSize(1);
        Files.delete(copy.resolve("routes/one.yaml"));
        said(launch(copy.resolve("catchment").toString(), "version"));
        assertThat(Files.readAllLines(copy.resolve("builds")))
                .as("what was deleted")
                .hasSize(2);
    }

    @Test
    void what_maven_built_itself_is_not_built_again() throws Exception {
        Files.createDirectories(clone.resolve("target/lib"));
        Files.createFile(clone.resolve("target/catchment.jar"));
        assertThat(said(launch(clone.resolve("catchment").toString(), "version")))
                .endsWith("catchment.jar version\n");
        assertThat(clone.resolve("builds")).doesNotExist();
    }

    @Test
    void the_first_start_makes_an_archive_of_classes_for_those_after_it_and_another_jar_or_java_another()
            throws Exception {
        assertThat(archiveOf("version")).as("not waited for").isEmpty();
        awaitMade();
        String first = archiveOf("version");
        assertThat(first).startsWith(clone.toRealPath() + "/target/catchment-").endsWith(".jsa");
        assertThat(archiveOf("runs")).isEqualTo(first);
        Files.setLastModifiedTime(
                clone.resolve("target/catchment.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(archiveOf("version")).as("a newer jar").isEmpty();
        awaitMade();
        Files.setLastModifiedTime(clone.resolve("target/catchment.jar"), FileTime.fromMillis(0));
        awaitMade();
        java("25.0.1");
        assertThat(archiveOf("version")).as("another Java").isEmpty();
        awaitMade();
        assertThat(archiveOf("version")).isNotEmpty().isNotEqualTo(first);
    }

    @Test
    void an_archive_that_cannot_be_made_is_tried_again_after_an_hour_and_nobody_notices() throws Exception {
        Files.createFile(folder.resolve("no-archive"));
        assertThat(archiveOf("version")).isEmpty();
        awaitMade();
        Path failed = making().get(0);
        assertThat(failed.resolve("classes")).doesNotExist();
        Files.delete(folder.resolve("no-archive"));
        assertThat(archiveOf("version")).isEmpty();
        assertThat(making()).containsExactly(failed);
        Files.setLastModifiedTime(failed, FileTime.from(Instant.now().minusSeconds(3_700)));
        assertThat(archiveOf("version")).isEmpty();
        Await.until("it is made", () -> making().isEmpty());
        assertThat(archiveOf("version")).isNotEmpty();
    }

    @Test
    void what_another_user_left_half_made_stays_and_the_command_runs_all_the_same() throws Exception {
        Files.createFile(folder.resolve("no-archive"));
        archiveOf("version");
        awaitMade();
        Path failed = making().get(0);
        Files.setLastModifiedTime(failed, FileTime.from(Instant.now().minusSeconds(3_700)));
        script(folder.resolve("jdk/bin/rm"), "echo 'rm: Permission denied' >&2; exit 1");
        Process process = launch(
                "/bin/sh",
                "-c",
                "PATH=$JAVA_HOME/bin:$PATH exec \"$0\" version",
                clone.resolve("catchment").toString());
        assertThat(said(process)).endsWith("catchment.jar version\n").doesNotContain("rm:");
        assertThat(process.exitValue()).isZero();
        assertThat(making()).containsExactly(failed);
    }

    @Test
    void who_makes_the_archive_holds_nothing_of_the_caller() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "open files cannot be seen here");
        String caller = "exec 8>\"$0.lock\"; JAVA_TOOL_OPTIONS=-Dport=1 exec \"$0\" version";
        said(launch("/bin/sh", "-c", caller, clone.resolve("catchment").toString()));
        awaitMade();
        assertThat(folder.resolve("inherited")).hasContent("lock options");
    }

    /** The one that Java was given; empty for none. */
    private String archiveOf(String command) throws Exception {
        String said = said(launch(clone.resolve("catchment").toString(), command));
        assertThat(said).endsWith("catchment.jar " + command + "\n");
        Matcher archive = Pattern.compile("-XX:SharedArchiveFile=(.*?) -X").matcher(said);
        return archive.find() ? archive.group(1) : "";
    }

    /** Or has failed. */
    @AfterEach
    void awaitMade() {
        Await.until("nobody makes an archive", () -> {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.allMatch(
                        file -> !file.toString().endsWith(".making") || Files.exists(file.resolve("failed")));
            } catch (UncheckedIOException goneMeanwhile) {
                return false;
            }
        });
    }

    private List<Path> making() throws IOException {
        try (Stream<Path> files = Files.list(clone.resolve("target"))) {
            return files.filter(file -> file.toString().endsWith(".making")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, is version 11.", "1.8.0_292, is version 8."})
    void a_java_that_is_too_old_is_named_with_what_to_do(String version, String words) throws Exception {
        java(version);
        refuses(words);
    }

    @Test
    void no_java_at_all_is_told_with_what_to_do() throws Exception {
        Files.delete(folder.resolve("jdk/bin/java"));
        refuses("cannot run");
    }

    @Test
    void a_java_without_a_compiler_cannot_build() throws Exception {
        Files.delete(folder.resolve("jdk/bin/javac"));
        refuses("building needs a JDK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8"})
    void java_reads_names_with_accents_where_no_locale_is_set_or_the_one_that_is_set_is_missing(String locale)
            throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/locale")), "locale is not on this machine");
        script(folder.resolve("jdk/bin/java"), """
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1" 2025-01-01' >&2; else locale charmap; fi""");
        Process process =
                launch("env", "LC_ALL=" + locale, clone.resolve("catchment").toString(), "version");
        assertThat(said(process)).endsWith("UTF-8\n");
    }

    private void refuses(String words) throws Exception {
        Process process = launch(clone.resolve("catchment").toString(), "version");
        assertThat(said(process)).contains(words, "Java 17 or newer", "JAVA_HOME");
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(clone.resolve("builds")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_several_at_once_one_builds_and_a_dead_one_holds_up_nobody(boolean flock) throws Exception {
        if (!flock) {
            withoutFlock();
            Files.createDirectories(clone.resolve("target"));
            Files.createSymbolicLink(clone.resolve("target/build.pid"), Path.of("99999999"));
        }
        List<Process> launched = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            launched.add(launch(clone.resolve("catchment").toString(), "version"));
        }
        for (Process process : launched) {
            assertThat(said(process)).endsWith("catchment.jar version\n");
        }
        assertThat(builds()).hasSize(1);
        assertThat(clone.resolve("target/build.pid")).doesNotExist();
    }

    /** The launcher takes flock where it finds it: here it shall not. */
    private void withoutFlock() throws IOException {
        Path launcher = clone.resolve("catchment");
        String text = Files.readString(launcher);
        assertThat(text).contains("command -v flock");
        Files.writeString(launcher, text.replace("command -v flock", "command -v no-flock"));
    }

    private void java(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        script(bin.resolve("java"), """
                case "$*" in
                  -version) echo 'openjdk version "%s" 2025-01-01' >&2 ;;
                  *-XX:DumpLoadedClassList=classes*)
                    echo one >classes
                    echo "lock$(ls -l /proc/$$/fd /proc/$PPID/fd | grep '[.]lock$') options$JAVA_TOOL_OPTIONS" >"%s" ;;
                  -Xshare:dump*) [ ! -f "%s" ] && cat classes >archive ;;
                  *) echo "$@" ;;
                esac""".formatted(version, folder.resolve("inherited"), folder.resolve("no-archive")));
        script(bin.resolve("javac"), "exit 0");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        file.toFile().setExecutable(true);
    }

    private Process launch(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().remove("JAVA_OPTS");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String said(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(clone.resolve("builds"));
    }
}
