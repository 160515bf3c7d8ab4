package dev.catchment.postgres;

import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Await;
import dev.catchment.support.Pools;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A pool of five connections, and what the server says of them. */
final class CrowdedPool implements AutoCloseable {
    static final int SIZE = 5;
    static final int CALLERS = 50;

    private static final String NAME = "crowded";

    private final ScratchDatabase scratch;
    private final Database database;
    private final PostgresMXBean management;

    private CrowdedPool(ScratchDatabase scratch, Map<String, String> changes) {
        this.scratch = scratch;
        this.database =
                Database.open(scratch.connectionUrl() + "?application_name=" + NAME, null, 0, Pools.of(changes));
        this.management = new PostgresManagement(database);
    }

    /** @param connectionTimeout in the words of the settings */
    static CrowdedPool open(ScratchDatabase scratch, String connectionTimeout) {
        return new CrowdedPool(
                scratch,
                Map.of(
                        "postgres.max-connections",
                        String.valueOf(SIZE),
                        "postgres.connection-timeout",
                        connectionTimeout));
    }

    Database database() {
        return database;
    }

    PostgresMXBean management() {
        return management;
    }

    /** The processes of the server that serve this pool. */
    List<String> backends() {
        return scratch.texts("select pid from pg_stat_activity where application_name = '" + NAME + "'");
    }

    /** What the server says these processes are at. */
    List<String> states() {
        return scratch.texts("select distinct state from pg_stat_activity where application_name = '" + NAME + "'");
    }

    /** Kills every process of the server that serves this pool. */
    void terminate() throws SQLException {
        scratch.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + NAME + "'");
        Await.until("they are gone", () -> backends().isEmpty());
    }

    /** Takes every connection there is. */
    List<Connection> takeAll() throws SQLException {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            taken.add(database.dataSource().getConnection());
        }
        return taken;
    }

    static void giveBack(List<Connection> taken) throws SQLException {
        for (Connection connection : taken) {
            connection.close();
        }
    }

    /** Lets all callers come while no connection is free, then gives the connections back. @return what they did */
    <T> List<Future<T>> crowd(Callable<T> caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Connection> taken = takeAll();
            List<Future<T>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(threads.submit(caller));
            }
            Await.until("all of them wait", () -> management.getWaiting() >= CALLERS);
            giveBack(taken);
            for (Future<T> call : calls) {
                Await.until("every caller is done", call::isDone);
            }
            return calls;
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
