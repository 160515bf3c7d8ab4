package dev.catchment.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** There is room in the folder of all local state. */
public final class DiskCheck extends Check {
    /** As the embedded server asks for before anything is begun. */
    private static final long LEAST = 200L << 20;

    private final Path folder;

    /** @param folder that of data.dir, which need not exist yet */
    public DiskCheck(String folder) {
        super("disk");
        this.folder = Path.of(folder);
    }

    /** Bytes that are free; -1 if that cannot be told. */
    long free() {
        Path there = folder.toAbsolutePath();
        while (there != null && Files.notExists(there)) {
            there = there.getParent();
        }
        try {
            return there == null ? -1 : Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    String trouble() {
        long free = free();
        if (free < 0) {
            return "The disk of data.dir cannot be read.";
        }
        return free >= LEAST
                ? null
                : "Only %d MB are free on the disk of data.dir; make at least %d MB of room."
                        .formatted(free >> 20, LEAST >> 20);
    }
}
