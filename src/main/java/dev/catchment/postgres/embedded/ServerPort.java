package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine for servers of ours; that of an embedded PostgreSQL is remembered for its next start. */
public final class ServerPort {

    /** Where an embedded server listens. */
    static final String HOST = "127.0.0.1";

    private static final int LAST = 65535;
    private static final int FIRST_FREE = 20_000;
    /** Linux gives 32768 and up to clients, others 49152 and up. */
    private static final int FIRST_OF_CLIENTS = 32_768;

    private static final int TRIES = 1_000;

    private ServerPort() {}

    /**
     * The port to start on.
     *
     * @param wanted 1 to 65535, or 0 for the one of the last start, and a free one if that is taken
     * @throws EmbeddedServerException if the wanted port is taken
     */
    static int choose(ServerDirectory directory, int wanted) throws IOException {
        if (wanted != 0 && !isFree(HOST, wanted)) {
            throw new EmbeddedServerException("Port " + wanted + " of " + HOST + ", wanted for the embedded PostgreSQL,"
                    + " is taken or not allowed. End the program that has it, or set postgres.port to another,"
                    + " 0 for any free one.");
        }
        int port = wanted != 0 ? wanted : keptOrFree(directory);
        DurableFile.write(directory.port(), port + "\n");
        return port;
    }

    private static int keptOrFree(ServerDirectory directory) throws IOException {
        int kept = kept(directory.port());
        if (kept > 0 && kept <= LAST && isFree(HOST, kept)) {
            return kept;
        }
        return free();
    }

    /**
     * One that nobody has now, below those that systems give to clients: until a server listens on it, and while it is
     * restarted, no connection takes it by chance.
     */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(FIRST_FREE, FIRST_OF_CLIENTS)
                .limit(TRIES)
                .filter(ServerPort::isFree)
                .findFirst()
                .orElseThrow(() -> new EmbeddedServerException("No port of " + HOST + " from " + FIRST_FREE + " to "
                        + (FIRST_OF_CLIENTS - 1) + " is free. End what listens on them."));
    }

    private static int kept(Path file) throws IOException {
        try {
            return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether a server of ours could listen on it now. */
    public static boolean isFree(int port) {
        return isFree(HOST, port);
    }

    /** Whether it could be opened on an address of this machine now. */
    public static boolean isFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
