package dev.catchment.policy;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunStart;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The watches of this process. */
public final class Watches {
    /** A server that is not to be asked for longer is left to a later watch. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ActiveRuns running;
    private final int workers;
    private final Claim.Terms terms;
    private final int alarmAfter;

    /**
     * @param workers pages checked side by side
     * @param recent milliseconds: what a page said within them, it may be saying again by mistake
     * @param alarmAfter failures in a row after which operators are told
     * @param lease milliseconds for which a worker keeps its pages after its last heartbeat
     */
    public Watches(ActiveRuns running, int workers, long recent, int alarmAfter, long lease) {
        this.running = running;
        this.workers = workers;
        this.terms = new Claim.Terms(recent, PATIENCE.toMillis(), lease);
        this.alarmAfter = alarmAfter;
    }

    public Watch begin(WatchOrder order, RunStart start) {
        Watch watch = new Watch(order, start, terms, alarmAfter);
        running.begun(watch);
        return watch;
    }

    /** One for each worker of a watch. */
    public List<Integer> places() {
        return IntStream.range(0, workers).boxed().toList();
    }

    public Renormalisation beginRenormalisation(RunStart start) {
        Renormalisation renormalisation = new Renormalisation(start);
        running.begun(renormalisation);
        return renormalisation;
    }
}
