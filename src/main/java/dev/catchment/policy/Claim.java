package dev.catchment.policy;

import java.util.HashMap;
import java.util.Map;

/** A worker looking for the next page to check: it asks until it has one, or there is none. */
public final class Claim {
    private final Watch watch;
    private final String worker;
    private final Terms terms;
    private final long begun = System.nanoTime();
    private boolean open;
    private long pause;
    private ClaimedPage check;

    /**
     * What a worker looks for.
     *
     * @param recent milliseconds
     * @param patience milliseconds
     * @param lease milliseconds
     */
    record Terms(long recent, long patience, long lease) {}

    Claim(Watch watch, String worker, Terms terms) {
        this.watch = watch;
        this.worker = worker;
        this.terms = terms;
        open = !watch.isStopping();
    }

    public boolean isOpen() {
        return open;
    }

    /** The page; null if there is none. */
    public ClaimedPage check() {
        return check;
    }

    /** The parameters of {@code policy/open-next-check}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("worker", worker);
        parameters.put("process", worker.substring(0, worker.lastIndexOf('-')));
        parameters.put("run", watch.start().run());
        parameters.put("source", watch.order().source());
        parameters.put("done", watch.done());
        parameters.put("window", terms.recent);
        parameters.put("patience", terms.patience);
        parameters.put("waited", waited());
        return parameters;
    }

    private long waited() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** @param row of {@code policy/open-next-check} */
    public void take(Map<String, Object> row) {
        if (row.get("source_id") != null) {
            check = new ClaimedPage(row, worker);
            watch.claimed(check);
            open = false;
        } else if (row.get("wait") == null) {
            open = false;
        } else {
            watch.waits(((Number) row.get("held")).intValue(), waited(), terms.lease);
            pause = ((Number) row.get("wait")).longValue();
        }
    }

    /** Waits as long as the servers of all that are left ask, or until the watch is to end; not at all if it is claimed. */
    public void await() throws InterruptedException {
        watch.pause(pause);
        pause = 0;
        open &= !watch.isStopping();
    }
}
