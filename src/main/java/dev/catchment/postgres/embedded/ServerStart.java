package dev.catchment.postgres.embedded;

import dev.catchment.postgres.connection.DatabaseUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the server of a directory up, or finds it up; run it in {@link ServerLock#alone}. */
record ServerStart(ServerDirectory directory, int wantedPort) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);
    /** How long the sessions of a killed server may go on, unaware, and keep the next from starting. */
    private static final Duration ORPHANS_LIMIT = Duration.ofSeconds(20);

    /** The address of the server, which then takes connections and has its database. */
    DatabaseUrl run() throws IOException {
        WaitLimit deadline = WaitLimit.in(Duration.ofSeconds(PgCtl.LIMIT_SECONDS));
        String password = Password.of(directory);
        while (true) {
            Optional<Postmaster> up = Postmaster.running(directory);
            if (up.isEmpty()) {
                start();
            } else if (up.get().port() != 0) {
                DatabaseUrl url = DatabaseUrl.local(up.get().port(), Cluster.USER, password);
                if (ServerDatabase.isReady(url, directory)) {
                    told(up.get());
                    return url;
                }
            }
            deadline.pause(
                    "The embedded PostgreSQL in " + directory.root() + " runs but has accepted no connections for "
                            + PgCtl.LIMIT_SECONDS + " seconds. See " + directory.log() + ".");
        }
    }

    /** Nothing else is wrong with a server that does not start while its disk is full. */
    private void requireRoom() {
        Ballast ballast = new Ballast(directory);
        if (ballast.isDiskFull()) {
            throw new EmbeddedServerException(ballast.words("the server starts again"));
        }
    }

    private void told(Postmaster up) {
        if (wantedPort != 0 && wantedPort != up.port()) {
            LOG.info(
                    "The embedded PostgreSQL is already up on another port than the wanted one;"
                            + " it moves when its last user has left port={} wanted={}",
                    up.port(),
                    wantedPort);
        }
    }

    private void start() throws IOException {
        new Ballast(directory).releaseIfFull();
        PostgresBinaries binaries = PostgresBinaries.in(directory);
        Cluster.require(directory, binaries);
        PgCtl server = new PgCtl(directory, binaries);
        boolean crashed = Postmaster.forgetGone(directory);
        ProcessNumbers.note(directory);
        WaitLimit orphans = WaitLimit.in(ORPHANS_LIMIT);
        long logged = directory.logSize();
        int port = ServerPort.choose(directory, wantedPort);
        while (!server.start(port) && Postmaster.running(directory).isEmpty()) {
            boolean portWasTaken = wantedPort == 0 && !ServerPort.isFree(ServerPort.HOST, port);
            requireRoom();
            if (!portWasTaken && (!crashed || orphans.isOver())) {
                throw new EmbeddedServerException("The embedded PostgreSQL in " + directory.root() + " does not start."
                        + directory.spaceWarning() + " Its log, " + directory.log() + ", says:\n"
                        + directory.logSince(logged));
            }
            port = ServerPort.choose(directory, wantedPort);
        }
        LOG.info("Started the embedded PostgreSQL port={} directory={}", port, directory.root());
    }
}
