package dev.catchment.support;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A run of another process, as the database sees it: it sends heartbeats, until it is closed. */
public final class OtherRun implements AutoCloseable {
    private static final String BEAT = "select ops.beat('{other:1/1-1}')";
    private static final String BEGIN =
            "insert into ops.runs (room, flow, scope, trigger, mode, node, claimed_by, begun_at, started_at, heartbeat_at)"
                    + " values ('%s', '%s', '%s', 'cli', 'full', 'other:1', 'other:1/1-1', now(), now(), now())";
    private static final String END =
            "update ops.runs set status = 'succeeded', finished_at = now() where claimed_by = 'other:1/1-1'";

    private final Sql database;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor();

    /** Where it runs. */
    @FunctionalInterface
    public interface Sql {
        void execute(String sql) throws Exception;
    }

    private OtherRun(Sql database) {
        this.database = database;
    }

    /** Begins it. */
    public static OtherRun begin(Sql database, String room, String flow, String scope) throws Exception {
        OtherRun run = new OtherRun(database);
        database.execute(BEAT);
        database.execute(BEGIN.formatted(room, flow, scope));
        run.beats.scheduleWithFixedDelay(run::beat, 100, 100, TimeUnit.MILLISECONDS);
        return run;
    }

    private void beat() {
        try {
            database.execute(BEAT);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        beats.shutdown();
        if (!beats.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("a heartbeat does not end");
        }
        database.execute(END);
    }
}
