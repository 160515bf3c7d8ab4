package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Among which processes the number of a server means it. In another container on the same directory it means another process,
 * or none, and a server that runs would be taken for gone; PostgreSQL itself would not notice either, and write over it. A
 * container that ends takes its server along; the machine does not, whose server may have lost its users and run on.
 */
final class ProcessNumbers {
    /** Of Linux, as all its kernels name them. */
    static final String OF_THE_MACHINE = "pid:[4026531836]";

    /** Of Linux; elsewhere there is one set of numbers. */
    private static final Path OURS = Path.of("/proc/self/ns/pid");

    private ProcessNumbers() {}

    /** Call it before this process is a user, in {@link ServerLock#alone}. @throws EmbeddedServerException if another container uses the server */
    static void require(ServerDirectory directory) throws IOException {
        if (areOurs(directory)) {
            return;
        }
        if (ServerLock.isUsedByOthers(directory)) {
            throw new EmbeddedServerException("The embedded PostgreSQL in " + directory.root()
                    + " is used by a Catchment in another container, from where it cannot be seen. Run the command in that"
                    + " container (docker exec NAME catchment …), or stop that container first.");
        }
        if (Postmaster.isLeft(directory) && noted(directory).equals(OF_THE_MACHINE)) {
            throw new EmbeddedServerException("The embedded PostgreSQL in " + directory.root()
                    + " was started outside this container and not stopped; whether it runs cannot be seen from here. Run any"
                    + " command of Catchment on that directory there, which stops it at its end; or, if the machine was"
                    + " restarted since, delete " + Postmaster.file(directory) + ".");
        }
    }

    /** Whether the number that a server left says anything here. */
    static boolean areOurs(ServerDirectory directory) throws IOException {
        String ours = ours();
        return ours == null
                || !Files.exists(directory.processNumbers())
                || noted(directory).equals(ours);
    }

    private static String noted(ServerDirectory directory) throws IOException {
        return Files.readString(directory.processNumbers()).strip();
    }

    /** The server is started from here. */
    static void note(ServerDirectory directory) throws IOException {
        String ours = ours();
        if (ours != null) {
            DurableFile.write(directory.processNumbers(), ours + "\n");
        }
    }

    private static String ours() throws IOException {
        return Files.isSymbolicLink(OURS) ? Files.readSymbolicLink(OURS).toString() : null;
    }
}
