package dev.catchment.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The folder into which index files are dropped. */
public record InboxFolder(Path path) {
    /** Drops a file with these lines, whole at once. */
    public Path drop(String name, String... lines) {
        try {
            Path draft = Files.write(path.resolveSibling(name), List.of(lines));
            return Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a dropped file is put away; the outcome is done or failed. */
    public Path putAway(String outcome, String name) {
        return path.resolve(outcome)
                .resolve(LocalDate.now(ZoneOffset.UTC).toString())
                .resolve(name);
    }

    /** Waits until a file is put away. */
    public Path await(String outcome, String name) {
        Path file = putAway(outcome, name);
        Await.until(file + " is there", () -> Files.exists(file));
        return file;
    }

    /** What is in it, folders and all; it itself is the empty name. */
    public List<String> tree() {
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.map(each -> path.relativize(each).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
