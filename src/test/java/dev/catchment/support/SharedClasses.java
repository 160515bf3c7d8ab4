package dev.catchment.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The program for processes of its own: as a jar, with an archive of its classes, so that each of some two hundred starts
 * costs half as much. The first test that needs them makes them for all.
 */
public final class SharedClasses {
    private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
    private static final Path FOLDER = Path.of("target", "shared-classes").toAbsolutePath();
    private static List<String> options;

    private SharedClasses() {}

    /** For Java, up to the class path. */
    public static synchronized List<String> options() {
        if (options == null) {
            try {
                options = make();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return options;
    }

    private static List<String> make() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        List<Path> files = files();
        String build = Integer.toHexString(stamp(files).hashCode());
        Path jar = FOLDER.resolve(build + ".jar");
        Path archive = FOLDER.resolve(build + ".jsa");
        String classPath = classPath(jar);
        try (FileChannel lock =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!Files.exists(archive)) {
                pack(files, jar);
                Path list = FOLDER.resolve("classes");
                java("-XX:DumpLoadedClassList=" + list, "-cp", classPath, "dev.catchment.cli.Rehearsal");
                Path half = FOLDER.resolve("half");
                java(
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + list,
                        "-XX:SharedArchiveFile=" + half,
                        "-cp",
                        classPath);
                Files.move(half, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return List.of("-XX:SharedArchiveFile=" + archive, "-cp", classPath);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Another one after each build that changed something; what is only written anew, as resources are by each build, is the same. */
    private static String stamp(List<Path> files) throws IOException {
        StringBuilder stamp = new StringBuilder(System.getProperty("java.vm.version"));
        for (Path file : files) {
            CRC32 content = new CRC32();
            content.update(Files.readAllBytes(file));
            stamp.append(file).append(content.getValue());
        }
        return stamp.toString();
    }

    /** Folders cannot be archived: the classes come from the jar, and the tests bring none. */
    private static String classPath(Path jar) {
        return Stream.concat(
                        Stream.of(jar.toString()),
                        Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                                .filter(part -> part.endsWith(".jar")))
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    /** With its folders, which are looked for as they are in a jar of Maven. */
    private static void pack(List<Path> files, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> folders = Files.walk(CLASSES).filter(Files::isDirectory)) {
            for (Path folder : folders.skip(1).toList()) {
                entries.putNextEntry(new JarEntry(name(folder) + "/"));
            }
            for (Path file : files) {
                entries.putNextEntry(new JarEntry(name(file)));
                Files.copy(file, entries);
            }
        }
    }

    private static String name(Path path) {
        return CLASSES.relativize(path).toString().replace('\\', '/');
    }

    private static void java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        Path said = FOLDER.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError("no archive of classes: " + Files.readString(said));
        }
    }
}
