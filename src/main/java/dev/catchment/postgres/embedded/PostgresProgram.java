package dev.catchment.postgres.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one of the programs of PostgreSQL to its end. */
record PostgresProgram(Path file) {

    private static final int LAST_LINES = 8;

    /** What a program said (standard output and error together) and its exit status. */
    record Result(int status, String output) {
        boolean isGood() {
            return status == 0;
        }

        /** The end of what it said, where the reason of a failure is. */
        String lastWords() {
            List<String> lines = output.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        }
    }

    Result run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; in a user namespace of its own root is nobody.
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(file.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // One language for messages; and macOS kills a server whose locale it has to look up.
        builder.environment().put("LC_ALL", "C");
        return finish(builder.start());
    }

    private static Result finish(Process process) throws IOException {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("Interrupted while starting or stopping the embedded PostgreSQL.", e);
        }
    }
}
