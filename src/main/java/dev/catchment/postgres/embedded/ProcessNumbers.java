package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Among which processes the number of a server means it. In another container on the same directory it means another process,
 * or none, and a server that runs would be taken for gone; PostgreSQL itself would not notice either, and write over it.
 */
final class ProcessNumbers {
    /** Of Linux; elsewhere there is one set of numbers. */
    private static final Path OURS = Path.of("/proc/self/ns/pid");

    private ProcessNumbers() {}

    /** Call it before this process is a user, in {@link ServerLock#alone}. @throws EmbeddedServerException if another container uses the server */
    static void require(ServerDirectory directory) throws IOException {
        if (!areOurs(directory) && ServerLock.isUsedByOthers(directory)) {
            throw new EmbeddedServerException("The embedded PostgreSQL in " + directory.root()
                    + " is used by a Catchment in another container, from where it cannot be seen. Run the command in that"
                    + " container (docker exec NAME catchment …), or stop that container first.");
        }
    }

    /** Whether the number that a server left says anything here. */
    static boolean areOurs(ServerDirectory directory) throws IOException {
        String ours = ours();
        Path file = directory.processNumbers();
        return ours == null
                || !Files.exists(file)
                || Files.readString(file).strip().equals(ours);
    }

    /** The server is started from here. */
    static void note(ServerDirectory directory) throws IOException {
        String ours = ours();
        if (ours != null) {
            Files.writeString(directory.processNumbers(), ours + "\n");
        }
    }

    private static String ours() throws IOException {
        return Files.isSymbolicLink(OURS) ? Files.readSymbolicLink(OURS).toString() : null;
    }
}
