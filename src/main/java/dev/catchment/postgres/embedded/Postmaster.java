package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The first process of a server, as its lock file {@code postmaster.pid} tells.
 *
 * @param port where it listens; 0 as long as it has not said
 */
record Postmaster(long pid, int port) {

    private static final int PORT_LINE = 3;

    /** The one that runs on the directory, ready or not. */
    static Optional<Postmaster> running(ServerDirectory directory) throws IOException {
        return ProcessNumbers.areOurs(directory)
                ? recorded(directory).filter(postmaster -> !postmaster.isGone())
                : Optional.empty();
    }

    /**
     * Removes a lock file left behind whose process number now belongs to another program, as after a restart of a
     * container: PostgreSQL would take that program for itself. Other leftovers it recognises on its own.
     */
    static boolean forgetGone(ServerDirectory directory) throws IOException {
        boolean areOurs = ProcessNumbers.areOurs(directory);
        Optional<Postmaster> left = recorded(directory).filter(postmaster -> !areOurs || postmaster.isGone());
        if (left.isPresent() && ProcessHandle.of(left.get().pid()).isPresent()) {
            Files.deleteIfExists(file(directory));
        }
        return left.isPresent();
    }

    /** Whether one runs, or ended without tidying up. */
    static boolean isLeft(ServerDirectory directory) throws IOException {
        return recorded(directory).isPresent();
    }

    static Path file(ServerDirectory directory) {
        return directory.cluster().resolve("postmaster.pid");
    }

    private static Optional<Postmaster> recorded(ServerDirectory directory) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file(directory));
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            String port = lines.size() > PORT_LINE ? lines.get(PORT_LINE).strip() : "0";
            return Optional.of(new Postmaster(Long.parseLong(lines.get(0).strip()), Integer.parseInt(port)));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Certain only: a process of which nothing can be told counts as the server. */
    private boolean isGone() {
        return ProcessHandle.of(pid)
                .map(process -> process.info()
                        .command()
                        .map(command -> !isPostgres(command))
                        .orElseGet(this::hasOtherArguments))
                .orElse(true);
    }

    private static boolean isPostgres(String command) {
        return command.matches(".*/postgres( \\(deleted\\))?");
    }

    /**
     * Of a process of another user nothing else is told, of one that is dead and not yet buried by its parent, or of the
     * kernel, not even these. After a restart of the machine the number may be that of any.
     */
    private boolean hasOtherArguments() {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("postgres");
        } catch (IOException e) {
            return false;
        }
    }
}
