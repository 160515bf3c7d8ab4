package dev.catchment.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may start or stop a server, and who uses it. Two file locks, which the system releases when a process dies. Such
 * locks belong to a whole JVM and are lost when it closes any handle on the file: hence one handle and a count here.
 */
final class ServerLock {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLock.class);
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Map<ServerDirectory, Users> USERS = new HashMap<>();

    private ServerLock() {}

    /** What is done under the lock. */
    interface Action<T> {
        T run() throws IOException;
    }

    private record Users(FileChannel channel, FileLock shared, int count) {}

    /** Runs the action while no other process or thread starts, joins or stops the server. */
    static <T> T alone(ServerDirectory directory, Action<T> action) throws IOException {
        synchronized (ServerLock.class) {
            try (FileChannel gate = open(directory.startLock())) {
                waitFor(gate, directory);
                return action.run();
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void waitFor(FileChannel gate, ServerDirectory directory) throws IOException {
        WaitLimit deadline = WaitLimit.in(LIMIT);
        boolean told = false;
        while (gate.tryLock() == null) {
            if (!told) {
                LOG.info(
                        "Waiting for another process that starts or stops the embedded PostgreSQL directory={}",
                        directory.root());
                told = true;
            }
            deadline.pause("Another process has been starting or stopping the embedded PostgreSQL in "
                    + directory.root() + " for " + LIMIT.toMinutes() + " minutes. See which process holds "
                    + directory.startLock() + " and end it.");
        }
    }

    /** Whether another process uses the server; call it in {@link #alone}. */
    static boolean isUsedByOthers(ServerDirectory directory) throws IOException {
        if (USERS.containsKey(directory)) {
            return false; // this one does, and saw to it when it began
        }
        try (FileChannel channel = open(directory.usersLock())) {
            return channel.tryLock() == null;
        }
    }

    /** Counts this caller as a user; call it in {@link #alone}. */
    static void enter(ServerDirectory directory) throws IOException {
        Users users = USERS.get(directory);
        if (users == null) {
            FileChannel channel = open(directory.usersLock());
            users = new Users(channel, channel.lock(0, Long.MAX_VALUE, true), 0);
        }
        USERS.put(directory, new Users(users.channel(), users.shared(), users.count() + 1));
    }

    /** Ends what {@link #enter} began; call it in {@link #alone}. True if nobody uses the server any more. */
    static boolean leave(ServerDirectory directory) throws IOException {
        Users users = USERS.get(directory);
        if (users.count() > 1) {
            USERS.put(directory, new Users(users.channel(), users.shared(), users.count() - 1));
            return false;
        }
        USERS.remove(directory);
        try (FileChannel channel = users.channel()) {
            users.shared().release();
            return channel.tryLock() != null;
        }
    }
}
