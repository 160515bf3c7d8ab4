package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder of an embedded server, made whole or not at all. */
final class Cluster {

    static final String USER = "catchment";
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final String PART = "cluster-part-";

    private Cluster() {}

    /**
     * Makes the data folder if it is absent; the password must be there.
     *
     * @throws EmbeddedServerException if it can't be made, or is of another version of PostgreSQL
     */
    static void require(ServerDirectory directory, PostgresBinaries binaries) throws IOException {
        if (Files.exists(directory.cluster())) {
            requireVersion(directory, binaries);
        } else {
            initialise(directory, binaries);
        }
        sweep(directory);
    }

    /** Removes what a killed start left. Its initdb may still run and put files back; the next start gets those. */
    private static void sweep(ServerDirectory directory) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory.root(), PART + "*")) {
            for (Path part : left) {
                ServerDirectory.delete(part);
            }
        } catch (FileSystemException | UncheckedIOException e) {
            LOG.debug("Left for the next start: {}", e.getMessage());
        }
    }

    private static void requireVersion(ServerDirectory directory, PostgresBinaries binaries) throws IOException {
        Path file = directory.cluster().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new EmbeddedServerException(directory.cluster() + " is not the data of a PostgreSQL (it has no"
                    + " PG_VERSION). Put the data back from a backup; or move " + directory.root()
                    + " away to begin with an empty database.");
        }
        String have = Files.readString(file).strip();
        String want = binaries.majorVersion();
        if (!have.equals(want)) {
            throw new EmbeddedServerException(directory.cluster() + " was made by PostgreSQL " + have
                    + ", the embedded one is PostgreSQL " + want + ". Dump it with the Catchment that made it, move "
                    + directory.root() + " away and restore the dump; or run PostgreSQL " + have
                    + " on it and set DATABASE_URL.");
        }
    }

    /** In a folder of its own, renamed when it is complete: a killed initdb leaves nothing that could be started. */
    private static void initialise(ServerDirectory directory, PostgresBinaries binaries) throws IOException {
        Path part = Files.createTempDirectory(directory.root(), PART);
        List<String> arguments = new ArrayList<>(ServerSettings.INIT);
        arguments.addAll(List.of("--username=" + USER, "--pwfile=" + directory.password(), "--pgdata=" + part));
        PostgresProgram.Result result = binaries.program("initdb").run(arguments);
        if (!result.isGood()) {
            boolean full = new Ballast(directory).isDiskFull();
            ServerDirectory.delete(part);
            if (full) {
                throw new EmbeddedServerException(new Ballast(directory).words("the server starts again"));
            }
            throw new EmbeddedServerException("The embedded PostgreSQL could not make its data in " + directory.root()
                    + "." + directory.spaceWarning() + " It said:\n" + result.lastWords());
        }
        DurableFile.move(part, directory.cluster());
    }
}
