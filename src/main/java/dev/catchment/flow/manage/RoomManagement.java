package dev.catchment.flow.manage;

import dev.catchment.flow.ActiveRuns;
import java.util.Map;

/** A room over JMX whose work is not asked for by scope: it does what is due, or what was dropped. */
public abstract class RoomManagement extends ManagedBean {
    private final String room;
    private final String onDemand;
    private final ActiveRuns running;

    /**
     * @param name of the MBean
     * @param onDemand the route that works without letting the asker wait
     */
    protected RoomManagement(String name, String room, String onDemand, ActiveRuns running) {
        super(name);
        this.room = room;
        this.onDemand = onDemand;
        this.running = running;
    }

    /** Does what is due, and says so at once, or why not. */
    protected final String begin(Object order, String begins) {
        return begin(onDemand, order, begins);
    }

    public final String stop() {
        long stopped = running.all().stream()
                .map(run -> run.start().scope())
                .filter(scope -> scope.startsWith(room + "/"))
                .filter(running::stop)
                .count();
        return stopped == 0
                ? "Nothing of the room %s is running in this process.".formatted(room)
                : "%d runs stop after what is under way; the next ones resume from there.".formatted(stopped);
    }

    public final Map<String, String> lastRun() {
        return texts(ask("ops-run-find-last", Map.of("room", room)));
    }
}
