package dev.catchment.postgres.embedded;

import dev.catchment.text.Sha256;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked once beside the data. Not in the temporary folder, where a cleaner would take
 * them from under a running server and where any user of the machine may write.
 */
record PostgresBinaries(Path folder) {

    private static final int NAME_LENGTH = 16;
    /** Of the archive: with the times and sizes of its first files it is another in every build, and 15 MB take long to hash. */
    private static final int BEGINNING = 256 << 10;

    /**
     * Finds the programs, unpacking them if need be; call it in {@link ServerLock#alone}.
     *
     * @throws EmbeddedServerException if there are none for this machine
     */
    static PostgresBinaries in(ServerDirectory directory) throws IOException {
        String name = name();
        Path folder = directory.binaries().resolve(name);
        if (!Files.exists(folder)) {
            // A name of its own: what a killed process left half unpacked is never taken for the whole.
            Path part = directory.binaries().resolve(name + ".part");
            ServerDirectory.delete(part);
            Files.createDirectories(part);
            unpack(part);
            DurableFile.move(part, folder);
        }
        return new PostgresBinaries(folder);
    }

    PostgresProgram program(String name) {
        return new PostgresProgram(folder.resolve("bin").resolve(name));
    }

    /** For example {@code 18}. */
    String majorVersion() throws IOException {
        String said = program("postgres").run(List.of("--version")).output();
        return said.replaceFirst("^\\D*(\\d+).*", "$1");
    }

    private static InputStream archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        try {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        } catch (IllegalStateException e) {
            throw new EmbeddedServerException(
                    "No embedded PostgreSQL is available for this machine (" + system + " " + machine
                            + "). Set DATABASE_URL to use a PostgreSQL of your own. 'catchment demo' needs the embedded"
                            + " one; docs/operations.md, Rehearse a failure, shows how to do without.",
                    e);
        }
    }

    private static String name() throws IOException {
        try (InputStream archive = archive()) {
            return Sha256.of(archive.readNBytes(BEGINNING)).substring(0, NAME_LENGTH);
        }
    }

    private static void unpack(Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, folder.resolve(entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path to) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, to);
        if (to.getParent().endsWith("bin")) {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
