package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.manage.ManagedBean;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The walks of a room over JMX; a room says under which name, and what its operations are called. */
public abstract class WalkManagement extends ManagedBean {
    private final String onDemand;
    private final String walk;
    private final String word;
    private final ActiveRuns running;
    private final Schedule schedule;

    /**
     * @param name of the MBean
     * @param onDemand the route that walks without letting the asker wait
     * @param walk the route that it calls
     * @param word for a scope, such as region
     */
    protected WalkManagement(
            String name, String onDemand, String walk, String word, ActiveRuns running, Schedule schedule) {
        super(name);
        this.onDemand = onDemand;
        this.walk = walk;
        this.word = word;
        this.running = running;
        this.schedule = schedule;
    }

    /** Begins a walk of a scope, and says so, or why not. */
    protected final String begin(String scope) {
        try {
            return begin(scope, "jmx");
        } catch (ScopeBusy busy) {
            return busy.getMessage();
        }
    }

    /**
     * Begins a walk of a scope, and says so.
     *
     * @param trigger what asked for it: jmx, api
     * @throws ScopeBusy if none is begun, and why not
     */
    public final String begin(String scope, String trigger) {
        begin(onDemand, walk, schedule.order(scope, trigger));
        return "A %s of %s begins.".formatted(schedule.flow(), scope);
    }

    /**
     * Begins a walk of whatever kind.
     *
     * @param on the route that does so without letting the asker wait
     * @param work the route that it calls
     * @throws ScopeBusy if none is begun, and why not
     */
    protected final void begin(String on, String work, WalkOrder order) {
        String scope = order.scope();
        check(scope);
        if (running.contains(schedule.runOf(scope))) {
            throw new ScopeBusy("A %s of %s is already running.".formatted(schedule.flow(), scope));
        }
        String stopped = stoppedOf(List.of(on, work));
        if (stopped != null) {
            throw new ScopeBusy("No %s of %s was started: the route %s. Start it, then try again."
                    .formatted(schedule.flow(), scope, stopped));
        }
        send("seda:" + on, order);
    }

    public final String stop(String scope) {
        try {
            return stopOne(scope);
        } catch (PermanentFailure none) {
            return none.getMessage();
        }
    }

    /** Stops the walk of a scope, and says so. @throws PermanentFailure if there is none in this process */
    public final String stopOne(String scope) {
        check(scope);
        if (!running.stop(schedule.runOf(scope))) {
            throw new PermanentFailure("No %s of %s is running in this process.".formatted(schedule.flow(), scope));
        }
        return "The %s of %s stops after its current pages; the next one resumes from there."
                .formatted(schedule.flow(), scope);
    }

    public final String nextRun(String scope) {
        check(scope);
        return Objects.toString(schedule.next(scope, Instant.now()), "never");
    }

    public final Map<String, String> lastRun(String scope) {
        check(scope);
        return texts(ask("ops-run-find", schedule.lastRun(scope)));
    }

    private void check(String scope) {
        if (!schedule.scopes().contains(scope)) {
            throw new IllegalArgumentException(
                    "Unknown %s %s; the %ss are %s.".formatted(word, scope, word, schedule.scopes()));
        }
    }
}
