package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts and stops the server as a daemon: pg_ctl gives it a session of its own, so that neither Ctrl-C on our terminal
 * nor our death reaches it.
 */
record PgCtl(ServerDirectory directory, PostgresBinaries binaries) {

    /** Recovery after a crash replays up to max_wal_size, which a slow disk takes minutes for. */
    static final int LIMIT_SECONDS = 300;

    private static final long LARGE_LOG = 10L << 20;

    /** Starts the server and waits until it is ready. True if it is. */
    boolean start(int port) throws IOException {
        putLargeLogAside();
        return run("start", "--log=" + directory.log(), "--options=" + ServerSettings.options(port))
                .isGood();
    }

    /**
     * Ends all sessions, writes everything down and stops the server.
     *
     * @throws EmbeddedServerException if it is still up
     */
    void stop() throws IOException {
        PostgresProgram.Result result = run("stop", "--mode=fast");
        if (!result.isGood() && Postmaster.running(directory).isPresent()) {
            throw new EmbeddedServerException("The embedded PostgreSQL in " + directory.root()
                    + " does not stop. It stays up, and the next start uses it. It said:\n" + result.lastWords());
        }
    }

    private PostgresProgram.Result run(String action, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(action, "--pgdata=" + directory.cluster(), "--wait", "--timeout=" + LIMIT_SECONDS));
        arguments.addAll(List.of(options));
        return binaries.program("pg_ctl").run(arguments);
    }

    private void putLargeLogAside() throws IOException {
        Path log = directory.log();
        if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
