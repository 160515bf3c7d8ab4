package dev.catchment.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The clock by which one node goes: {@code src/test/c/stepped-clock.c} stands between it and the clock of the machine, which nobody
 * touches. It is stepped while the node runs. Where there is no C compiler it is right.
 */
final class NodeClock {
    private static final Path SOURCE = Path.of("src", "test", "c", "stepped-clock.c");
    private static final Optional<Path> LIBRARY = library();

    /** Timers are silent until they have caught up with a clock that was set back; that is waited for. */
    static final int LONGEST_STEP_BACK = 35;

    private final Path file;
    private volatile long secondsAhead;
    /** @param file that says how far it is ahead */
    NodeClock(Path file) {
        this.file = file;
        set(0);
    }

    private static Optional<Path> library() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "lab")).toAbsolutePath();
            Path half = Files.createTempFile(folder, "clock", ".so");
            List<String> command = List.of(
                    "cc", "-std=c11", "-O2", "-shared", "-fPIC", "-o", half.toString(), SOURCE.toString(), "-ldl");
            if (!LabNetwork.isDone(command)) {
                Files.delete(half);
                return Optional.empty();
            }
            return Optional.of(Files.move(
                    half,
                    folder.resolve("stepped-clock.so"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is not waited for: a time of a timer is done once, so that everybody is silent until the time has come that one was ahead by,
     * unless that is more than five minutes and counts for nothing.
     */
    static long ahead(Random random) {
        return random.nextBoolean() ? 5 + random.nextInt(LONGEST_STEP_BACK - 5) : 360 + random.nextInt(3_240);
    }

    static long behind(Random random) {
        return -5L - random.nextInt(LONGEST_STEP_BACK - 5);
    }

    static boolean canBeSet() {
        return LIBRARY.isPresent();
    }

    long secondsAhead() {
        return secondsAhead;
    }

    /** At once, also under a node that runs. */
    void set(long seconds) {
        secondsAhead = seconds;
        try {
            byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(seconds)
                    .array();
            // In place and never shorter: the node has mapped it.
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What goes before a command that is to go by it. */
    List<String> before() {
        return LIBRARY.map(library -> List.of("env", "LD_PRELOAD=" + library, "LAB_CLOCK=" + file))
                .orElse(List.of());
    }
}
