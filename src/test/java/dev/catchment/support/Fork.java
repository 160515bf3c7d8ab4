package dev.catchment.support;

import java.nio.file.Path;

/** The process in which these tests run: several share the work, and each has its own server and folders. */
public final class Fork {
    private static final String NUMBER = System.getProperty("test.fork", "1");

    private Fork() {}

    /** A folder under target that no other process of the tests uses. */
    public static Path folder(String name) {
        return Path.of("target", name + "-" + NUMBER);
    }
}
