package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie in the directory of an embedded server; {@code root} is a real, absolute path. */
record ServerDirectory(Path root) {
    private static final int SHOWN_LOG = 4096;

    /** What Java calls a user without a name, as containers have them; what to do then, initdb says better. */
    private static final String NAMELESS = "?";

    private static final long LITTLE_SPACE = 200L << 20;

    /**
     * Makes the directory if it is absent, for its owner alone.
     *
     * @throws EmbeddedServerException if this process can't use it
     */
    static ServerDirectory at(Path path) {
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            ServerDirectory directory = new ServerDirectory(path.toRealPath());
            directory.requireUsable();
            return directory;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    static EmbeddedServerException unusable(Path path, IOException e) {
        return new EmbeddedServerException(
                "The directory of the embedded PostgreSQL cannot be used: "
                        + path.toAbsolutePath() + ": " + reason(e)
                        + ". Make it a writable directory of this user on a local disk with free space, choose another with"
                        + " data.dir, or set DATABASE_URL to use a PostgreSQL of your own.",
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access to " + e.getMessage() + " is denied";
        }
        if (e instanceof FileSystemException f) {
            return f.getReason() == null ? e.getClass().getSimpleName() + " " + e.getMessage() : f.getReason();
        }
        return e.getMessage();
    }

    private void requireUsable() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new FileSystemException(root.toString(), null, "it is not a directory");
        }
        if (!Files.isWritable(root)) {
            throw new FileSystemException(root.toString(), null, "it is not writable");
        }
        // Root reads the files of others, yet PostgreSQL, which refuses to be root, does not.
        String owner =
                Files.getOwner(Files.exists(cluster()) ? cluster() : root).getName();
        String self = System.getProperty("user.name");
        if (!owner.equals(self) && !self.equals(NAMELESS)) {
            throw new FileSystemException(root.toString(), null, "it belongs to " + owner + ", this is " + self);
        }
    }

    Path cluster() {
        return root.resolve("cluster");
    }

    Path binaries() {
        return root.resolve("binaries");
    }

    Path password() {
        return root.resolve("password");
    }

    Path port() {
        return root.resolve("port");
    }

    Path log() {
        return root.resolve("server.log");
    }

    /** Among which processes the server was started. */
    Path processNumbers() {
        return root.resolve("pid-namespace");
    }

    /** Held alone by whoever starts, joins or stops. */
    Path startLock() {
        return root.resolve("start.lock");
    }

    /** Shared by every process that uses the server. */
    Path usersLock() {
        return root.resolve("users.lock");
    }

    /** A sentence about the space left if there is little of it, else nothing. */
    String spaceWarning() throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        return free < LITTLE_SPACE ? " Only " + (free >> 20) + " MB are free in " + root + ": make room." : "";
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> found = Files.walk(tree)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    /** How long its log is. */
    long logSize() throws IOException {
        return Files.exists(log()) ? Files.size(log()) : 0;
    }

    /** What the server wrote to its log since it was this long, its end if that is much. */
    String logSince(long size) throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(Math.min(size, log.length()), log.length() - SHOWN_LOG);
            byte[] bytes = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}
