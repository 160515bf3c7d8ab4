package dev.catchment.names;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which every published file is kept, under the SHA-256 of its content: to be read again at any time. */
public final class Store {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final String COMING = "coming-";

    private final Path folder;

    public Store(String folder) {
        this.folder = Path.of(folder).toAbsolutePath().normalize();
    }

    /**
     * A file that is kept.
     *
     * @param key what it is found by again: its path in the store
     */
    public record Stored(String key, long bytes, String sha256) {}

    /**
     * Keeps a copy. It is whole on the disk before anything refers to it.
     *
     * @throws FatalFailure if the folder cannot be written
     */
    public Stored keep(Path file) {
        try {
            return kept(file);
        } catch (IOException e) {
            throw new FatalFailure(
                    "%s cannot be kept in %s (%s). Make the folder usable, or set names.store to another one."
                            .formatted(file.getFileName(), folder, e),
                    e);
        }
    }

    private Stored kept(Path file) throws IOException {
        Files.createDirectories(folder);
        clear();
        Path copy = Files.createTempFile(folder, COMING, ".tmp");
        try {
            String sha256 = copy(file, copy);
            long bytes = Files.size(copy);
            if (bytes == 0) {
                throw new PermanentFailure("%s is empty.".formatted(file.getFileName()));
            }
            String key = sha256.substring(0, 2) + "/" + sha256;
            Path target = folder.resolve(key);
            Files.createDirectories(target.getParent());
            Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
            return new Stored(key, bytes, sha256);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** What somebody left who was killed in the middle of a copy. */
    private void clear() {
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, COMING + "*.tmp")) {
            for (Path each : left) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(longAgo)) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException | DirectoryIteratorException moved) {
            LOG.debug("Another process has just taken what was looked at here.", moved);
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return Sha256.hex(digest.digest());
    }

    /** @throws PermanentFailure if it is not there, or is not what was kept */
    public Path find(String key, String sha256) {
        Path file = folder.resolve(key).normalize();
        if (!file.startsWith(folder) || !Files.isReadable(file)) {
            throw new PermanentFailure("The stored file %s is missing. Load the published file again.".formatted(key));
        }
        if (!sha256.equals(hash(file))) {
            throw new PermanentFailure("The stored file %s was altered. Load the published file again.".formatted(key));
        }
        return file;
    }

    private static String hash(Path file) {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException e) {
            throw new UncheckedIOException("The stored file %s cannot be read".formatted(file), e);
        }
        return Sha256.hex(digest.digest());
    }
}
