package dev.catchment.harvest;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.manage.ManagedBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The harvest over JMX. */
public final class HarvestManagement extends ManagedBean implements HarvestMXBean {
    private static final String WALK = "harvest-manage-walk";
    private static final String JOB = "seda:harvest-manage-job";
    private static final String CATALOGUE = "socrata-discovery";

    private final ActiveRuns running;

    public HarvestManagement(ActiveRuns running) {
        super("dev.catchment:type=Harvest");
        this.running = running;
    }

    @Override
    public String run(String source) {
        try {
            return begin(source, "jmx");
        } catch (ScopeBusy busy) {
            return busy.getMessage();
        }
    }

    /**
     * Begins a walk, and says so.
     *
     * @param trigger what asked for it: jmx, api, web
     * @throws ScopeBusy if none is begun, and why not
     */
    public String begin(String source, String trigger) {
        return begin(source, new HarvestOrder(trigger, source, null, false, false, false, summary -> {}));
    }

    /** Begins a walk whose outcome is staged and shown, as {@link #begin(String, String)} does. */
    public String plan(String source, String trigger) {
        return begin(source, HarvestOrder.planning(trigger, source, summary -> {}));
    }

    private String begin(String source, HarvestOrder order) {
        Map<String, Object> row = find(source);
        if (order.isPlan() && CATALOGUE.equals(row.get("kind"))) {
            throw new IllegalArgumentException(
                    "%s is a region of the catalogue, which cannot be planned.".formatted(source));
        }
        if (Boolean.TRUE.equals(row.get("is_walked"))) {
            throw new ScopeBusy("A walk of %s is already running.".formatted(source));
        }
        String stopped = stoppedOf(List.of(WALK, "harvest-walk"));
        if (stopped != null) {
            throw new ScopeBusy(
                    "No walk of %s was started: the route %s. Start it, then try again.".formatted(source, stopped));
        }
        send("seda:" + WALK, order);
        return "A walk of %s begins.".formatted(source);
    }

    /**
     * Applies a plan for somebody who does not wait for it.
     *
     * @param trigger what asked for it: api, web
     * @throws IllegalArgumentException if there is no such plan
     * @throws PermanentFailure if it cannot be applied
     */
    public String apply(String plan, String trigger) {
        List<Map<String, Object>> found = ask("harvest-manage-plan", Map.of("plan", plan));
        try {
            send("seda:harvest-manage-apply", AppliedPlan.Order.of(plan, found, trigger));
        } catch (IllegalArgumentException e) {
            throw found.isEmpty() ? e : new PermanentFailure(e.getMessage());
        }
        return "The plan %s is being applied.".formatted(plan);
    }

    /** Undoes a run for somebody who does not wait for it. @param trigger what asked for it: api, web */
    public String undo(long run, String trigger) {
        send(JOB, SourceJob.Order.undoing(run, ask("harvest-manage-undoable", Map.of("run", run)), trigger));
        return "Run %d is being undone, in a run of its own.".formatted(run);
    }

    /**
     * Decides on the retirement that is held back, for somebody who does not wait for it.
     *
     * @param trigger what asked for it: api, web
     * @throws PermanentFailure if none is
     */
    public String decide(String source, boolean isConfirmed, String trigger) {
        Map<String, Object> row = find(source);
        if (ask("harvest-manage-held", Map.of("source", source, "is_open", true))
                .isEmpty()) {
            throw new PermanentFailure("Nothing of %s is held back.".formatted(source));
        }
        send(
                JOB,
                SourceJob.Order.of(isConfirmed ? SourceJob.Task.CONFIRM : SourceJob.Task.DISMISS, row, null, trigger));
        return isConfirmed
                ? "What was held back of %s is being retired.".formatted(source)
                : "What was held back of %s stays.".formatted(source);
    }

    @Override
    public String stop(String source) {
        try {
            return stopped(source);
        } catch (PermanentFailure none) {
            return none.getMessage();
        }
    }

    /** Stops a walk, and says so. @throws PermanentFailure if there is none in this process */
    public String stopOne(String source) {
        find(source);
        return stopped(source);
    }

    private String stopped(String source) {
        String run = RunOrder.whole(HarvestWalks.ROOM, HarvestWalks.FLOW, source, "jmx", false)
                .name();
        if (!running.stop(run)) {
            throw new PermanentFailure("No walk of %s is running in this process.".formatted(source));
        }
        return "The walk of %s stops after its current pages; the next one resumes from there.".formatted(source);
    }

    @Override
    public String pause(String source) {
        return turn(source, false)
                ? "Paused %s; the walk that is under way goes on.".formatted(source)
                : "Paused %s.".formatted(source);
    }

    @Override
    public String resume(String source) {
        turn(source, true);
        return "Resumed %s.".formatted(source);
    }

    /** @return whether it is being walked */
    private boolean turn(String source, boolean active) {
        find(source);
        Map<String, Object> row = ask("harvest-manage-switch", Map.of("source", source, "is_active", active))
                .get(0);
        return Boolean.TRUE.equals(row.get("is_walked"));
    }

    @Override
    public String nextRun(String source) {
        Map<String, Object> row = find(source);
        return Boolean.TRUE.equals(row.get("is_active")) ? text(row.get("due_at")) : "never";
    }

    @Override
    public Map<String, String> lastRun(String source) {
        find(source);
        Map<String, Object> asked =
                new HashMap<>(Map.of("room", HarvestWalks.ROOM, "flow", HarvestWalks.FLOW, "scope", source));
        asked.put("mode", null);
        return texts(ask("ops-run-find", asked));
    }

    private Map<String, Object> find(String source) {
        return ask("harvest-manage-find", Map.of("source", source)).stream()
                .filter(row -> Boolean.TRUE.equals(row.get("is_named")))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown source %s; 'catchment sources list' lists them.".formatted(source)));
    }
}
