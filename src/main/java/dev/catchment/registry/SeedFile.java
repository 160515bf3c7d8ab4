package dev.catchment.registry;

import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.CountedInput;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An index file, known by its content.
 *
 * @param bytes its size as it lies on the disk
 * @param sha256 of the bytes on the disk, 64 hexadecimal digits
 * @param version which file it was and of when, as the file system knows it
 */
public record SeedFile(Path path, long bytes, String sha256, FileVersion version) {
    private static final int BUFFER = 1 << 16;

    /** @throws IllegalArgumentException if it is no file that can be read */
    public static SeedFile of(Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("There is no readable file %s. Name one with --index.".formatted(path));
        }
        FileVersion version = FileVersion.of(path);
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
            return new SeedFile(path, bytes, HexFormat.of().formatHex(digest.digest()), version);
        } catch (IOException e) {
            throw new UncheckedIOException("The file %s cannot be read".formatted(path), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether who copies it had only paused: its bytes are others than the ones it is known by. */
    boolean isChanged() {
        FileVersion now = FileVersion.of(path);
        return now.isSameFile(version) && !now.equals(version);
    }

    /** Whether another file lies in its place, or none; what was opened before can be read on all the same. */
    boolean isReplaced() {
        return !FileVersion.of(path).isSameFile(version);
    }

    TransientFailure changed() {
        return new TransientFailure("%s changed while it was read; it is to be read again.".formatted(name()));
    }

    /** Its text, of which nothing is to be used if it is not any more what it is known by: that is told. */
    InputStream open(AtomicLong read, Consumer<Throwable> changed) {
        try {
            InputStream in = open(read);
            if (isChanged() || isReplaced()) {
                changed.accept(changed());
            }
            return in;
        } catch (IOException gone) {
            changed.accept(new TransientFailure("%s cannot be opened any more.".formatted(name()), gone));
            return InputStream.nullInputStream();
        }
    }

    /** Its text: unpacked if it is gzip. @param read counts the bytes taken from the disk */
    private InputStream open(AtomicLong read) throws IOException {
        InputStream counted = new BufferedInputStream(new CountedInput(Files.newInputStream(path), read), BUFFER);
        counted.mark(2);
        boolean gzip = counted.read() == 0x1f && counted.read() == 0x8b;
        counted.reset();
        return gzip ? unpacked(counted) : counted;
    }

    /** Not buffered once more: a buffer would lose what was unpacked before the break when it is told of the break. */
    private static InputStream unpacked(InputStream packed) throws IOException {
        try {
            return new GZIPInputStream(packed, BUFFER);
        } catch (EOFException | ZipException headless) {
            return new Headless(packed, headless);
        }
    }

    /** A packed file that ends in its head: says so to whoever reads it, as any other break is said. */
    private static final class Headless extends java.io.FilterInputStream {
        private final IOException reason;

        Headless(InputStream in, IOException reason) {
            super(in);
            this.reason = reason;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            throw reason;
        }
    }

    public String name() {
        return path.getFileName().toString();
    }

    /** The parameters of {@code registry/find-file}. */
    public Map<String, Object> key() {
        return Map.of("sha256", sha256);
    }

    /** The parameters of {@code registry/upsert-file}. */
    public Map<String, Object> row(Long run) {
        Map<String, Object> row = new HashMap<>(Map.of("sha256", sha256, "name", name(), "bytes", bytes, "run", run));
        row.put("path", path.toAbsolutePath().toString());
        row.put("now", null);
        return row;
    }
}
