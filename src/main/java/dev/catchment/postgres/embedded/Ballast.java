package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room that is kept for a full disk: a file beside the data of an embedded server. A server that has no room left for its
 * WAL stops, and needs some to start: recovery ends with a checkpoint and a new segment, 16 MB each. So the file is
 * deleted when the disk is full, which lets the server start, be asked and close the runs that failed, and nothing else
 * is begun until there is room to make it again.
 */
record Ballast(ServerDirectory directory) {
    private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);

    static final long SIZE = 64L << 20;

    /** What has to be free before it is made again: enough to work with besides. */
    static final long ENOUGH = 200L << 20;

    /** With less than two segments of WAL a disk counts as full. */
    private static final long LEAST = 32L << 20;

    private Path file() {
        return directory.root().resolve("ballast");
    }

    private long free() {
        try {
            return Files.getFileStore(directory.root()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("The free space of %s cannot be asked for".formatted(directory.root()), e);
        }
    }

    boolean isDiskFull() {
        return free() < LEAST;
    }

    /** Makes it if it is not there and there is room; call it in {@link ServerLock#alone}. @return whether it is there */
    boolean keep() throws IOException {
        if (Files.exists(file())) {
            return true;
        }
        if (free() < ENOUGH) {
            return false;
        }
        Path part = directory.root().resolve("ballast.part");
        try {
            fill(part);
            DurableFile.move(part, file());
            return true;
        } catch (IOException full) {
            LOG.info("No room could be kept for a full disk. reason={} file={}", full.getMessage(), part);
            Files.deleteIfExists(part);
            return false;
        }
    }

    private static void fill(Path part) throws IOException {
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] block = new byte[1 << 20];
            new Random().nextBytes(block); // a file system that compresses would keep no room for zeros
            while (out.size() < SIZE) {
                out.write(ByteBuffer.wrap(block));
            }
        }
    }

    /** Gives its room back if the disk is full; call it in {@link ServerLock#alone}. */
    void releaseIfFull() throws IOException {
        if (isDiskFull()) {
            Files.deleteIfExists(directory.root().resolve("ballast.part"));
            if (Files.deleteIfExists(file())) {
                LOG.warn(
                        "The disk is full: the {} MB that were kept for this are given to the embedded PostgreSQL."
                                + " directory={}",
                        SIZE >> 20,
                        directory.root());
            }
        }
    }

    /** What to say of a full disk, in one sentence. @param what happens when there is room again */
    String words(String what) {
        return ("The disk of the embedded PostgreSQL is full (%d MB free in %s): what was committed is safe; make at least"
                        + " %d MB of room there, and %s.")
                .formatted(free() >> 20, directory.root(), ENOUGH >> 20, what);
    }
}
