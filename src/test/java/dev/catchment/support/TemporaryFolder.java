package dev.catchment.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A folder that is gone when the tests of this process have ended; until then what failed can be looked at. */
public final class TemporaryFolder {
    private TemporaryFolder() {}

    /** @param name what its own begins with */
    public static Path create(String name) throws IOException {
        Path folder = Files.createTempDirectory(name).toRealPath();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
        return folder;
    }
}
