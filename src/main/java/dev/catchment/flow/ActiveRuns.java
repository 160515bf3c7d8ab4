package dev.catchment.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The runs of this process, by their scope: what is to be shown, and what is to be stopped. */
public final class ActiveRuns {
    private final Map<String, ActiveRun> runs = new ConcurrentHashMap<>();
    private final Queue<Runnable> atClose = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public void begun(ActiveRun run) {
        runs.put(run.start().scope(), run);
        if (isClosed()) {
            run.handOver();
        }
    }

    public void ended(ActiveRun run) {
        runs.remove(run.start().scope(), run);
    }

    public Collection<ActiveRun> all() {
        return List.copyOf(runs.values());
    }

    public boolean contains(String scope) {
        return runs.containsKey(scope);
    }

    /** @return whether a run over this scope was under way here */
    public boolean stop(String scope) {
        ActiveRun run = runs.get(scope);
        if (run != null) {
            run.stop();
        }
        return run != null;
    }

    /** Whether this process is told to stop: nothing new is begun. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits so long, or until this process is told to stop. @return whether it is */
    public boolean isClosedWithin(long milliseconds) throws InterruptedException {
        return closed.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** Has this done when the process is told to stop, for what is not worth waiting for. */
    public void atClose(Runnable action) {
        atClose.add(action);
    }

    /** Stops what runs, and whatever is still begun afterwards; another node may go on with it. */
    public void stopAll() {
        closed.countDown();
        runs.values().forEach(ActiveRun::handOver);
        atClose.forEach(Runnable::run);
    }
}
