package dev.catchment.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of one node, that can be set wrong: libfaketime (of the package faketime) stands between the node and the clock of the
 * machine, which nobody touches. What measures how long something takes goes on as it is.
 */
final class NodeClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final Optional<Path> LIBRARY = library();

    private final Path file;

    private NodeClock(Path file) {
        this.file = file;
    }

    private static Optional<Path> library() {
        try (Stream<Path> found =
                Files.find(LIBRARIES, 3, (path, file) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return found.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param folder of the node @return empty where faketime is not installed */
    static Optional<NodeClock> in(Path folder) {
        if (LIBRARY.isEmpty()) {
            return Optional.empty();
        }
        NodeClock clock = new NodeClock(folder.resolve("clock"));
        clock.set(0);
        return Optional.of(clock);
    }

    /** @param seconds ahead of what is right */
    void set(long seconds) {
        try {
            Path draft = Files.writeString(file.resolveSibling("clock.draft"), "%+d%n".formatted(seconds));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What goes before a command that is to go by it. */
    List<String> before() {
        return List.of(
                "env",
                "LD_PRELOAD=" + LIBRARY.orElseThrow(),
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_CACHE_DURATION=1");
    }
}
