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
}
