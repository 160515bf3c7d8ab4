package dev.catchment.lab;

import dev.catchment.postgres.embedded.SystemServer;
import dev.catchment.support.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.util.FileUtil;

/**
 * What would be left if the lab were killed now: its nodes, its server, its folders and its network, written down before each
 * is used, in a file that a lab keeps locked while it lives. Who finds such a file without a lock clears it away.
 */
final class Leavings implements AutoCloseable {
    private static final String END = ".left";

    private final Path file;
    private final FileChannel channel;
    private boolean isOver;

    private Leavings(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Clears away what labs left that were killed, and begins for a new one. @param folder of all labs of this build */
    static Leavings begin(Path folder) throws IOException {
        List<Path> files;
        try (FileChannel alone = alone(folder)) {
            try (Stream<Path> found = Files.list(folder)) {
                files = found.filter(path -> path.toString().endsWith(END)).toList();
            }
            for (Path old : files) {
                clearIfLeft(old);
            }
            Path file = folder.resolve(ProcessHandle.current().pid() + END);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock(); // until it is closed, or this process ends
            return new Leavings(file, channel);
        }
    }

    /** One lab at a time: a file that another has made and not locked yet, or clears away just now, is not left. */
    private static FileChannel alone(Path folder) throws IOException {
        FileChannel all = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        all.lock(); // until it is closed
        return all;
    }

    private static void clearIfLeft(Path old) throws IOException {
        try (FileChannel channel = FileChannel.open(old, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                clear(old);
            }
        }
    }

    void node(ProcessHandle process) {
        write("node " + process.pid() + " " + start(process));
    }

    void network(String tag) {
        write("network " + tag);
    }

    void server(Path folder) {
        write("server " + folder);
    }

    void disk(Path root) {
        write("disk " + root);
    }

    void folder(Path folder) {
        write("folder " + folder);
    }

    private synchronized void write(String line) {
        if (isOver) {
            throw new IllegalStateException("The lab is being ended, and begins nothing any more.");
        }
        try {
            // By this channel: to close another one of the same file would let go of the lock.
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By which a process is known from another one of the same number. */
    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("?");
    }

    /** Nodes first, for they use all the rest; the last one to come goes first. */
    private static void clear(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        java.util.Collections.reverse(lines);
        for (String kind : List.of("node", "server", "disk", "folder", "network")) {
            for (String line : lines) {
                if (line.startsWith(kind + " ")) {
                    clear(kind, line.substring(kind.length() + 1));
                }
            }
        }
        Files.deleteIfExists(file);
    }

    private static void clear(String kind, String what) throws IOException {
        switch (kind) {
            case "node" -> {
                String[] words = what.split(" ");
                Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(words[0]));
                process.filter(found -> start(found).equals(words[1])).ifPresent(found -> {
                    found.destroyForcibly();
                    found.onExit().join();
                });
            }
            case "server" -> SystemServer.left(Path.of(what));
            case "disk" -> SmallDisk.left(Path.of(what));
            case "folder" -> FileUtil.removeDir(Path.of(what).toFile());
            default -> LabNetwork.remove(what);
        }
    }

    /** Whether it was told to end. */
    synchronized boolean isOver() {
        return isOver;
    }

    /** All that is written down goes, and nothing is begun any more. */
    @Override
    public synchronized void close() {
        if (isOver) {
            return;
        }
        isOver = true;
        try (FileChannel alone = alone(file.getParent())) {
            clear(file);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
