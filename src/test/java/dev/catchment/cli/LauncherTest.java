package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
    @ParameterizedTest
    @ValueSource(strings = {"catchment", ".ci/run"})
    void a_script_gives_shellcheck_nothing_to_say(String script) throws Exception {
        assumeTrue(isThere("shellcheck"), "shellcheck is not on this machine");
        assertThat(run("shellcheck", "-x", script)).isEmpty();
    }

    @Test
    void the_launcher_is_plain_sh() throws Exception {
        assumeTrue(isThere("sh"), "sh is not on this machine");
        assertThat(run("sh", "-n", "catchment")).isEmpty();
    }

    private static boolean isThere(String program) throws Exception {
        try {
            run(program, "--version");
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    private static String run(String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said;
    }
}
