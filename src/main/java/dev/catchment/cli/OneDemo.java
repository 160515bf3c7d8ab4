package dev.catchment.cli;

import dev.catchment.cli.session.Session;
import dev.catchment.errors.ScopeBusy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** A demonstration in its folder: a second one there would empty the database under it. */
final class OneDemo implements Closeable {
    private final Path folder;
    private final FileChannel lock;

    private OneDemo(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws ScopeBusy if another process has one there */
    static OneDemo in(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock =
                FileChannel.open(folder.resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new ScopeBusy(
                    "Another demo is running in %s. Wait until it has ended, or stop it.".formatted(folder));
        }
        return new OneDemo(folder, lock);
    }

    Path folder() {
        return folder;
    }

    /**
     * The operator's settings, with a database of its own and without a broker: what his service works with, no demonstration
     * touches.
     */
    Session session(Session operator, Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(Map.of(
                "data.dir",
                folder.toString(),
                "postgres.port",
                "0",
                "flow.transport",
                "local",
                "kafka.properties",
                ""));
        all.putAll(changes);
        return operator.embedded().with(all);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
