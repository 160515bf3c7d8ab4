package dev.catchment.harvest;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.walk.ManagedBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The harvest over JMX. */
public final class HarvestManagement extends ManagedBean implements HarvestMXBean {
    private static final String WALK = "harvest-manage-walk";

    private final ActiveRuns running;

    public HarvestManagement(ActiveRuns running) {
        super("dev.catchment:type=Harvest");
        this.running = running;
    }

    @Override
    public String run(String source) {
        if (Boolean.TRUE.equals(find(source).get("is_walked"))) {
            return "A walk of %s is already running.".formatted(source);
        }
        String stopped = stoppedOf(List.of(WALK, "harvest-walk"));
        if (stopped != null) {
            return "No walk of %s was started: the route %s. Start it, then try again.".formatted(source, stopped);
        }
        send("seda:" + WALK, new HarvestOrder("jmx", source, null, false, false, false, summary -> {}));
        return "A walk of %s begins.".formatted(source);
    }

    @Override
    public String stop(String source) {
        String run = RunOrder.whole(HarvestWalks.ROOM, HarvestWalks.FLOW, source, "jmx", false)
                .name();
        return running.stop(run)
                ? "The walk of %s stops after its current pages; the next one resumes from there.".formatted(source)
                : "No walk of %s is running in this process.".formatted(source);
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
