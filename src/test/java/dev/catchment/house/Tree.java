package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The working tree as a clone holds it; each question asserts that it saw something. */
final class Tree {
    static final Path ROOT = Path.of("").toAbsolutePath();
    /** What .gitignore leaves out, and Git itself. */
    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "data", ".idea", ".vscode");

    private static final Set<String> FLOOR =
            Set.of("cli", "errors", "flow", "http", "postgres", "reader", "schema", "settings", "text");

    private Tree() {}

    /** Every file under a folder whose name ends so, in order, as paths from the root. */
    static List<String> files(String folder, String... endings) {
        List<String> found = walk(ROOT.resolve(folder)).stream()
                .filter(file -> endings.length == 0 || Stream.of(endings).anyMatch(file::endsWith))
                .sorted()
                .toList();
        assertThat(found).as("files %s under %s", List.of(endings), folder).isNotEmpty();
        return found;
    }

    private static List<String> walk(Path folder) {
        try {
            Collector collector = new Collector();
            Files.walkFileTree(folder, collector);
            return collector.files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<String> files = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean leave = ROOT.equals(directory.getParent())
                    && LEFT_OUT.contains(directory.getFileName().toString());
            return leave ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = ROOT.relativize(file).toString().replace('\\', '/');
            if (!LEFT_OUT.contains(path)) { // a worktree's .git is a file
                files.add(path);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** The file's text. @param file from the root */
    static String text(String file) {
        try {
            return new String(Files.readAllBytes(ROOT.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean exists(String file) {
        return Files.exists(ROOT.resolve(file));
    }

    /** The file's name without what follows its first dot. */
    static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return name.substring(0, name.indexOf('.'));
    }

    /** The words of the rooms: the packages that are not the shared floor. */
    static List<String> rooms() {
        try (Stream<Path> packages = Files.list(ROOT.resolve("src/main/java/dev/catchment"))) {
            List<String> rooms = packages.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !FLOOR.contains(name))
                    .sorted()
                    .toList();
            assertThat(rooms).contains("catalog", "ops");
            return rooms;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
