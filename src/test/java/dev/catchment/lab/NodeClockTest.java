package dev.catchment.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process asks for the time, as often as it is sent a line. */
class NodeClockTest {
    @TempDir
    private Path folder;

    @Test
    void a_clock_is_stepped_under_a_process_that_runs() throws Exception {
        assumeThat(NodeClock.canBeSet())
                .as("there is a C compiler: install gcc")
                .isTrue();
        NodeClock clock = new NodeClock(folder.resolve("clock"));
        List<String> command = new ArrayList<>(clock.before());
        command.addAll(List.of("bash", "-c", "while read; do printf '%(%s)T\\n' -1; done"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = process.inputReader()) {
            assertThat(secondsAhead(process, answers)).isBetween(-2L, 2L);
            clock.set(3_600);
            assertThat(secondsAhead(process, answers)).isBetween(3_598L, 3_602L);
            clock.set(-30);
            assertThat(secondsAhead(process, answers)).isBetween(-32L, -28L);
            clock.set(0);
            assertThat(secondsAhead(process, answers)).isBetween(-2L, 2L);
        } finally {
            process.destroyForcibly();
        }
    }

    private static long secondsAhead(Process process, BufferedReader answers) throws Exception {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Long.parseLong(answers.readLine()) - Instant.now().getEpochSecond();
    }
}
