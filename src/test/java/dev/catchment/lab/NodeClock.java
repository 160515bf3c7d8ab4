package dev.catchment.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The clock by which one node comes up: libfaketime (of the package faketime) stands between it and the clock of the machine, which
 * nobody touches. To change it under a running Java, with what measures how long something takes left as it is, costs ten times the
 * processor.
 */
final class NodeClock {
    private static final Optional<Path> LIBRARY = library();

    private volatile long secondsAhead;

    private static Optional<Path> library() {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"), 3, (path, file) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return found.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is not waited for: a time of a timer is done once, so that who is behind is silent until it has caught up, and so is
     * everybody else until the time has come that one was ahead by, unless that is more than five minutes and counts for nothing.
     */
    static long ahead(Random random) {
        return random.nextBoolean() ? 5 + random.nextInt(55) : 360 + random.nextInt(3_240);
    }

    static boolean canBeSet() {
        return LIBRARY.isPresent();
    }

    /** From the next start of the node on. */
    void set(long seconds) {
        secondsAhead = seconds;
    }

    /** What goes before a command that is to go by it. */
    List<String> before() {
        return secondsAhead == 0
                ? List.of()
                : List.of("env", "LD_PRELOAD=" + LIBRARY.orElseThrow(), "FAKETIME=%+ds".formatted(secondsAhead));
    }
}
