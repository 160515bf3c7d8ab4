package dev.catchment.catalog;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.walk.Schedule;
import dev.catchment.flow.walk.WalkManagement;

/** The catalogue over JMX. */
public final class CatalogManagement extends WalkManagement implements CatalogMXBean {
    public CatalogManagement(ActiveRuns running, Schedule schedule) {
        super("dev.catchment:type=Catalog", "catalog-crawl-on-demand", "catalog-crawl", "region", running, schedule);
    }

    @Override
    public String crawl(String region) {
        return begin(region);
    }

    /** Undoes a crawl for somebody who does not wait for it. */
    public String undo(long run, String region) {
        send("seda:catalog-manage-undo", new UndoOrder(run, region));
        return "Run %d of %s is being undone, in a run of its own.".formatted(run, region);
    }
}
