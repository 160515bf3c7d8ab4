package dev.catchment.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own that can be filled: root may mount one; where that cannot be done its tests are skipped. */
public final class SmallDisk implements AutoCloseable {
    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** @param megabytes that fit on it. Skips the test where nothing can be mounted */
    public static SmallDisk mount(int megabytes) throws Exception {
        Optional<SmallDisk> disk = tryMount(megabytes);
        Assumptions.assumeTrue(disk.isPresent(), "a small file system can be mounted here");
        return disk.get();
    }

    /** @return empty where nothing can be mounted */
    public static Optional<SmallDisk> tryMount(int megabytes) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("small-disk").toRealPath();
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", root.toString())) {
            Files.delete(root);
            return Optional.empty();
        }
        return Optional.of(new SmallDisk(root));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    public Path root() {
        return root;
    }

    /** Fills it with a file of somebody else. @param bytes that stay free */
    public void fill(long bytes) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(root.resolve("others"))) {
            while (Files.getFileStore(root).getUsableSpace() >= bytes + block.length) {
                out.write(block);
            }
        }
    }

    /** Removes what somebody else put there. */
    public void makeRoom() throws IOException {
        Files.delete(root.resolve("others"));
    }

    /** Unmounts what a process mounted that was killed. */
    public static void left(Path root) throws IOException {
        if (Files.exists(root)) {
            try {
                new SmallDisk(root).close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", root.toString())) {
            run("umount", "--lazy", root.toString());
        }
        Files.delete(root);
    }
}
