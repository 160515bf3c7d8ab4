package dev.catchment.registry.file;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.CountedInput;
import dev.catchment.flow.FileVersion;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An index file, known by its content.
 *
 * @param bytes its size as it lies on the disk
 * @param sha256 of the bytes on the disk, 64 hexadecimal digits
 * @param version which file it was and of when, as the file system knows it
 * @param flaw why nothing of it can be used and what to do; null if nothing is known against it
 */
public record SeedFile(Path path, long bytes, String sha256, FileVersion version, String flaw) {
    private static final int BUFFER = 1 << 16;

    /** @throws IllegalArgumentException if it is no file that can be read */
    public static SeedFile of(Path path) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("Cannot read the file %s. Name one with --index.".formatted(path));
        }
        FileVersion version = FileVersion.of(path);
        try {
            FirstPass pass = FirstPass.over(path);
            return new SeedFile(path, pass.bytes(), pass.sha256(), version, pass.flaw());
        } catch (IOException e) {
            throw new UncheckedIOException("The file %s cannot be read".formatted(path), e);
        }
    }

    /** Whether who copies it had only paused: its bytes are others than the ones it is known by. */
    public boolean isChanged() {
        FileVersion now = FileVersion.of(path);
        return now.isSameFile(version) && !now.equals(version);
    }

    /** Whether another file lies in its place, or none; what was opened before can be read on all the same. */
    private boolean isReplaced() {
        return !FileVersion.of(path).isSameFile(version);
    }

    /** Whether it was removed while it was worked on. */
    public boolean isGone() {
        return !Files.exists(path);
    }

    public TransientFailure changeFailure() {
        return new TransientFailure("%s changed while it was read; it will be read again.".formatted(name()));
    }

    /**
     * Its text, of which nothing is to be used if it has a flaw, or is not any more what it is known by: that is told.
     *
     * @param read counts the bytes taken from the disk
     */
    public InputStream open(AtomicLong read, Consumer<Throwable> failed) {
        if (flaw != null) {
            failed.accept(new PermanentFailure(name() + " " + flaw));
            return InputStream.nullInputStream();
        }
        try {
            InputStream counted = new CountedInput(Files.newInputStream(path), read);
            InputStream in = FirstPass.text(new BufferedInputStream(counted, BUFFER));
            if (isChanged() || isReplaced()) {
                failed.accept(changeFailure());
            }
            return in;
        } catch (IOException gone) {
            failed.accept(new TransientFailure("%s cannot be opened any more.".formatted(name()), gone));
            return InputStream.nullInputStream();
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
