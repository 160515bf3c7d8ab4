package dev.catchment.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private static String problem(String reason, boolean isPipe) {
        StandardOutput output = new StandardOutput(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException(reason);
                    }
                },
                isPipe);
        new PrintStream(output, true).println("a list");
        return output.problem();
    }

    @Test
    void what_did_not_arrive_is_told_unless_nobody_wanted_it() {
        assertThat(problem("No space left on device", false))
                .isEqualTo("The output could not be written to its end (No space left on device).");
        assertThat(problem("Broken pipe", false)).isNull();
        assertThat(problem("Datenübergabe unterbrochen", true)).isNull();
    }

    @Test
    void a_full_disk_is_noticed() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full), "needs a device that is always full");
        StandardOutput output = new StandardOutput(Files.newOutputStream(full), false);
        new PrintStream(output, true).println("a list");
        assertThat(output.problem()).contains("No space left on device");
    }
}
