package dev.catchment.policy;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.manage.RoomManagement;

/** The pages over JMX. */
public final class PolicyManagement extends RoomManagement implements PolicyMXBean {
    public PolicyManagement(ActiveRuns running) {
        super("dev.catchment:type=Policy", "policy", "policy-manage-watch", running);
    }

    @Override
    public String run() {
        return begin(WatchOrder.due("jmx"), "The pages that are due are checked.");
    }

    @Override
    public String nextRun() {
        return next("policy-manage-next", "due_at");
    }
}
