package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The programs of PostgreSQL, unpacked once for all tests: it costs four seconds of a processor. */
public final class Programs {
    private static final Path ROOT = Path.of("target", "postgres-programs").toAbsolutePath();

    private Programs() {}

    /** Puts them where a server with this directory looks for them, unless it has some. */
    public static Path share(Path serverDirectory) {
        try {
            ServerDirectory ours = ServerDirectory.at(ROOT);
            ServerDirectory directory = ServerDirectory.at(serverDirectory);
            try (FileChannel lock =
                            FileChannel.open(ours.startLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                PostgresBinaries.in(ours);
            }
            if (!Files.exists(directory.binaries())) {
                Files.createSymbolicLink(directory.binaries(), ours.binaries());
            }
            return serverDirectory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
