package dev.catchment.registry;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.manage.RoomManagement;

/** The registry over JMX. */
public final class RegistryManagement extends RoomManagement implements RegistryMXBean {
    public RegistryManagement(ActiveRuns running) {
        super("dev.catchment:type=Registry", "registry", "registry-seed-inbox", running);
    }

    @Override
    public String nextRun() {
        return "never";
    }
}
