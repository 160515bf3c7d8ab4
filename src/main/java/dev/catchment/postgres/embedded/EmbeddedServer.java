package dev.catchment.postgres.embedded;

import dev.catchment.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL we bring along, durable, in a directory. All processes that open the same directory share one server:
 * the first starts it, the last to close stops it unless a client such as psql is connected. It outlives a killed
 * process, and the next one joins it.
 *
 * <p>Only the binaries are zonky's. Its server class is made for tests: its lock belongs to the process that started
 * the server, its close stops the server under everyone else, and it waits 10 s, too little for a recovery.
 */
public final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final ServerDirectory directory;
    private final int port;
    private final DatabaseUrl url;
    /** How long its log was when it was last known to be well. */
    private volatile long logged;

    private boolean closed;

    private EmbeddedServer(ServerDirectory directory, int port, DatabaseUrl url) throws IOException {
        this.directory = directory;
        this.port = port;
        this.url = url;
        this.logged = directory.logSize();
    }

    /**
     * Starts the server, or joins the one that is up, and returns when it takes connections: in about 3 s the first
     * time, well under 1 s later, longer after a crash.
     *
     * @param dataDirectory of this user, made if absent; all state is in it
     * @param port of 127.0.0.1, 1 to 65535; 0 takes a free one and keeps it for later starts. A server that is already
     *     up keeps the port it has
     * @throws EmbeddedServerException if it can't be had; the message is for the person who starts us
     */
    public static EmbeddedServer open(Path dataDirectory, int port) {
        ServerDirectory directory = ServerDirectory.at(dataDirectory);
        try {
            return ServerLock.alone(directory, () -> enter(directory, port));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static EmbeddedServerException unusable(ServerDirectory directory, IOException e) {
        Ballast ballast = new Ballast(directory);
        return ballast.isDiskFull()
                ? new EmbeddedServerException(ballast.words("the server starts again"), e)
                : ServerDirectory.unusable(directory.root(), e);
    }

    private static EmbeddedServer enter(ServerDirectory directory, int port) throws IOException {
        ProcessNumbers.require(directory);
        ServerLock.enter(directory);
        try {
            DatabaseUrl url = new ServerStart(directory, port).run();
            new Ballast(directory).keep();
            return new EmbeddedServer(directory, port, url);
        } catch (IOException | RuntimeException e) {
            leaveAfter(e, directory);
            throw e;
        }
    }

    private static void leaveAfter(Exception problem, ServerDirectory directory) {
        try {
            leave(directory, null);
        } catch (IOException | RuntimeException e) {
            problem.addSuppressed(e);
        }
    }

    /** Under {@link ServerLock#alone}. @param url to ask who else is there; null if it was never had */
    private static Void leave(ServerDirectory directory, DatabaseUrl url) throws IOException {
        if (ServerLock.leave(directory) && Postmaster.running(directory).isPresent() && !isUsed(url)) {
            new PgCtl(directory, PostgresBinaries.in(directory)).stop();
        }
        return null;
    }

    private static boolean isUsed(DatabaseUrl url) {
        long clients = url == null ? 0 : OtherClients.count(url);
        if (clients > 0) {
            LOG.info(
                    "The embedded PostgreSQL stays up because other clients are connected; the next Catchment command that"
                            + " ends after they disconnect stops it. clients={}",
                    clients);
        }
        return clients > 0;
    }

    /** The database {@code catchment} on this server, with user and password. */
    public DatabaseUrl url() {
        return url;
    }

    /**
     * Starts the server again if it is gone: killed, or stopped by a full disk. Who is connected to it finds it where it
     * was.
     *
     * @throws EmbeddedServerException if it does not start
     */
    public synchronized void revive() {
        try {
            if (!closed && Postmaster.running(directory).isEmpty()) {
                LOG.warn(
                        "The embedded PostgreSQL is no longer running and is being restarted. directory={}",
                        directory.root());
                start();
            }
            hasRoom();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Brings it up, or waits while it recovers. */
    private void start() throws IOException {
        DatabaseUrl found = ServerLock.alone(directory, () -> new ServerStart(directory, port).run());
        if (!found.equals(url)) {
            LOG.error("The embedded PostgreSQL had to take another port; restart this process.");
        }
    }

    /** Whether there is room to work with: what is kept for a full disk is there, or could be made. */
    public synchronized boolean hasRoom() {
        try {
            return closed || ServerLock.alone(directory, new Ballast(directory)::keep);
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    /** Whether it is, or was a moment ago: a server that it stopped gives the last of its WAL back, and starts again. */
    public boolean isDiskFull() {
        try {
            return new Ballast(directory).isDiskFull()
                    || directory.logSince(logged).contains("No space left on device");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What to say when its disk is full, in one sentence. */
    public String fullWords(String next) {
        return new Ballast(directory).words(next);
    }

    /** Gives the room that is kept for a full disk to the server, so that it is up and can be asked. */
    public synchronized void survive() {
        try {
            if (!closed) {
                ServerLock.alone(directory, () -> {
                    new Ballast(directory).releaseIfFull();
                    return null;
                });
                start();
                logged = directory.logSize();
            }
        } catch (IOException | EmbeddedServerException lost) {
            LOG.warn("The embedded PostgreSQL does not start on a full disk. reason={}", lost.getMessage());
        }
    }

    /**
     * Stops the server if nobody else uses it, neither another process of ours nor a client such as psql. Close it after the last work, and do close it: a process that ends
     * without leaves the server up for the next one. A second call does nothing.
     *
     * @throws EmbeddedServerException if the server does not stop
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            ServerLock.alone(directory, () -> leave(directory, url));
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }
}
