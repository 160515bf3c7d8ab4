package dev.catchment.export;

import dev.catchment.errors.PermanentFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of exports. One is written into a hidden folder beside the others and gets its name when all of it is on disk, so that
 * it is there whole or not at all; {@code latest} is a symbolic link to the newest, where the file system has them, else a file
 * with its name. What a killed process left the next one goes on with: the lock says that nobody writes there any more.
 */
final class ExportFolder implements AutoCloseable {
    private static final String PART = ".part";
    private static final String LATEST = "latest";
    private static final String WHOLE = "\\d{8}T\\d{6}Z-\\d+";

    private final Path folder;
    private final int keep;
    private FileChannel lock;

    ExportFolder(Path folder, int keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /**
     * Begins an export. @return where its files go; what an export that was interrupted left may be there
     *
     * @throws PermanentFailure if another process writes one into the same folder
     */
    Path begin() throws IOException {
        Files.createDirectories(folder);
        lock = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked()) {
            throw new PermanentFailure(
                    "Another process writes an export into %s. Wait for it, or name another folder with --to."
                            .formatted(folder));
        }
        Path part = folder.resolve(PART);
        for (Path left : listed("\\..+\\" + PART)) {
            remove(left, Set.of()); // of a version that wrote under another name
        }
        return Files.createDirectories(part);
    }

    private boolean isLocked() throws IOException {
        try {
            FileLock held = lock.tryLock();
            return held != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    /** All files are written: the export is there from now on, and the oldest of too many is not. @return where it is */
    Path publish(Path part, String name) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.toList()) {
                force(file);
            }
        }
        Path whole = folder.resolve(name);
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        force(folder);
        point(name);
        List<Path> old = listed(WHOLE);
        for (Path one : old.subList(0, Math.max(0, old.size() - keep))) {
            // Its manifest first: what has none is no export any more.
            Files.deleteIfExists(one.resolve(Manifest.FILE));
            remove(one, Set.of());
        }
        return whole;
    }

    private void point(String name) throws IOException {
        Path next = folder.resolve("." + LATEST);
        Files.deleteIfExists(next);
        try {
            Files.createSymbolicLink(next, Path.of(name));
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.writeString(next, name + "\n");
        }
        Files.move(next, folder.resolve(LATEST), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    /** By name, which is by age. */
    private List<Path> listed(String pattern) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.filter(path -> path.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    static void force(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            file.force(true);
        }
    }

    /** Removes a folder with what is in it. @param kept but for these, and the folders they are in */
    static void remove(Path folder, Set<Path> kept) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!kept.contains(path)) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Lets others write. */
    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
