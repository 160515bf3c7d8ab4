package dev.catchment.names;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.manage.RoomManagement;

/** The names over JMX. */
public final class NamesManagement extends RoomManagement implements NamesMXBean {
    public NamesManagement(ActiveRuns running) {
        super("dev.catchment:type=Names", "names", "names-manage-work", running);
    }

    @Override
    public String run() {
        return begin("", "The jobs that are due are worked on.");
    }

    @Override
    public String nextRun() {
        return next("names-manage-next", "due_at");
    }
}
