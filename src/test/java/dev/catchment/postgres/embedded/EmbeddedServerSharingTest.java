package dev.catchment.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.postgres.Sql;
import dev.catchment.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerSharingTest {
    private static final String[] CONTAINER = {"unshare", "--pid", "--fork", "--mount-proc", "--kill-child"};

    @TempDir
    Path folder;

    private ServerDirectory directory;

    @AfterEach
    void clear() throws Exception {
        Sandbox.killAll(directory);
    }

    @Test
    void is_started_once_by_two_processes_at_the_same_moment_and_stopped_by_the_last() throws Exception {
        directory = Sandbox.directory(folder, "postgres");
        Process one = Sandbox.user(directory, folder.resolve("one"));
        Process two = Sandbox.user(directory, folder.resolve("two"));

        assertThat(Sandbox.awaitUp(folder.resolve("one"))).isEqualTo(Sandbox.awaitUp(folder.resolve("two")));
        long postmaster = Sandbox.postmaster(directory);

        end(one);
        assertThat(Sandbox.postmaster(directory)).isEqualTo(postmaster);
        assertThat(Sql.ask(Sandbox.awaitUp(folder.resolve("two")), "select 1")).isEqualTo("1");

        end(two);
        assertThat(Postmaster.running(directory)).isEmpty();
        assertThat(Files.readString(directory.log()).split("starting PostgreSQL"))
                .hasSize(2);
        assertThat(Files.readString(directory.log())).contains("database system is shut down");
    }

    @Test
    void outlives_the_killed_process_that_started_it_and_is_joined_by_the_next() throws Exception {
        directory = Sandbox.usedDirectory();
        Process killed = Sandbox.user(directory, folder.resolve("killed"));
        DatabaseUrl url = Sandbox.awaitUp(folder.resolve("killed"));
        long postmaster = Sandbox.postmaster(directory);
        killed.destroyForcibly().waitFor();

        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(next.url()).isEqualTo(url);
            assertThat(Sandbox.postmaster(directory)).isEqualTo(postmaster);
        }
        assertThat(Postmaster.running(directory)).isEmpty();
    }

    @Test
    void is_not_started_a_second_time_from_a_container_that_cannot_see_it() throws Exception {
        Assumptions.assumeTrue(isDone(CONTAINER, "true"), "needs the right to make process namespaces");
        directory = Sandbox.usedDirectory();
        Process other = Sandbox.user(directory, folder.resolve("said"), CONTAINER);
        DatabaseUrl url = Sandbox.awaitUp(folder.resolve("said"));

        assertThatThrownBy(() -> EmbeddedServer.open(directory.root(), 0))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("in another container")
                .hasMessageContaining("docker exec");
        assertThat(Sql.ask(url, "select 1")).isEqualTo("1");

        other.destroyForcibly().waitFor();
        Sandbox.await("the end of all in it", () -> !isUp(url));
        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(Sql.ask(next.url(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void is_not_started_a_second_time_in_a_container_while_one_without_users_is_left_outside() throws Exception {
        Path numbers = Path.of("/proc/self/ns/pid");
        Assumptions.assumeTrue(
                Files.isSymbolicLink(numbers)
                        && Files.readSymbolicLink(numbers).toString().equals(ProcessNumbers.OF_THE_MACHINE),
                "is in a container itself");
        Assumptions.assumeTrue(isDone(CONTAINER, "true"), "needs the right to make process namespaces");
        directory = Sandbox.usedDirectory();
        Process killed = Sandbox.user(directory, folder.resolve("killed"));
        DatabaseUrl url = Sandbox.awaitUp(folder.resolve("killed"));
        killed.destroyForcibly().waitFor();

        assertThat(Sandbox.user(directory, folder.resolve("said"), CONTAINER).waitFor())
                .isNotZero();
        assertThat(Files.readString(folder.resolve("said")))
                .contains("was started outside this container and not stopped")
                .contains("postmaster.pid");
        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(next.url()).as("the one that was left").isEqualTo(url);
        }
        Process inside = Sandbox.user(directory, folder.resolve("inside"), CONTAINER);
        DatabaseUrl there = Sandbox.awaitUp(folder.resolve("inside"));
        inside.destroyForcibly().waitFor();
        Sandbox.await("the end of all in it", () -> !isUp(there));
    }

    private static boolean isUp(DatabaseUrl url) {
        try {
            return Sql.ask(url, "select 1").equals("1");
        } catch (RuntimeException gone) {
            return false;
        }
    }

    @Test
    void lets_the_process_finish_its_work_when_the_terminal_interrupts_the_group() throws Exception {
        directory = Sandbox.usedDirectory();
        Path setsid = Path.of("/usr/bin/setsid");
        Assumptions.assumeTrue(Files.isExecutable(setsid), "needs a program that makes a process group");
        // Under nohup or in the background of a script SIGINT is ignored, and children inherit that.
        Assumptions.assumeTrue(resetsSignals(), "needs an env that resets signals");
        Process user = Sandbox.user(
                directory, folder.resolve("said"), "env", "--default-signal=INT", setsid.toString(), "--wait");
        Sandbox.awaitUp(folder.resolve("said"));
        long group = user.pid();

        interrupt(group);
        assertThat(user.waitFor(5, TimeUnit.MINUTES)).isTrue();

        assertThat(Files.readString(folder.resolve("said"))).endsWith("LEFT\n");
        try (EmbeddedServer next = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(Sql.ask(next.url(), "select count(*) from work")).isEqualTo("3");
        }
    }

    @Test
    void is_opened_twice_by_one_process_and_stays_until_both_are_closed() throws Exception {
        directory = Sandbox.usedDirectory();
        EmbeddedServer first = EmbeddedServer.open(directory.root(), 0);
        try (EmbeddedServer second = EmbeddedServer.open(directory.root(), 0)) {
            first.close();
            first.close();
            assertThat(Sql.ask(second.url(), "select 1")).isEqualTo("1");
        }
        assertThat(Postmaster.running(directory)).isEmpty();
        assertThat(List.of("cluster", "port", "password"))
                .allMatch(name -> Files.exists(directory.root().resolve(name)));
        try (EmbeddedServer again = EmbeddedServer.open(directory.root(), 0)) {
            assertThat(again.url()).as("same port, same password").isEqualTo(first.url());
        }
    }

    private static boolean resetsSignals() throws Exception {
        return isDone(new String[] {"env", "--default-signal=INT"}, "true");
    }

    private static boolean isDone(String[] by, String program) throws Exception {
        List<String> command = new ArrayList<>(List.of(by));
        command.add(program);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static void interrupt(long group) throws Exception {
        new ProcessBuilder("kill", "-INT", "--", "-" + group)
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void end(Process user) throws Exception {
        user.getOutputStream().close();
        assertThat(user.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(user.exitValue()).isZero();
    }
}
