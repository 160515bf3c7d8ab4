package dev.catchment.catalog;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.walk.Schedule;
import dev.catchment.flow.walk.WalkManagement;
import java.util.List;
import java.util.Map;

/** The catalogue over JMX. */
public final class CatalogManagement extends WalkManagement implements CatalogMXBean {
    public CatalogManagement(ActiveRuns running, Schedule schedule) {
        super("dev.catchment:type=Catalog", "catalog-crawl-on-demand", "catalog-crawl", "region", running, schedule);
    }

    @Override
    public String crawl(String region) {
        return begin(region);
    }

    /**
     * Begins a crawl whose outcome is staged and shown, as {@link #begin(String, String)} begins one.
     *
     * @param trigger what asked for it: api
     */
    public String plan(String region, String trigger) {
        begin("catalog-manage-crawl", "catalog-plan", DiscoveryCrawls.planning(region, trigger));
        return "A crawl of %s for a plan begins.".formatted(region);
    }

    /**
     * Applies a plan for somebody who does not wait for it.
     *
     * @param trigger what asked for it: api
     * @return null if it is none of a region
     * @throws PermanentFailure if it cannot be applied
     */
    public String apply(String plan, String trigger) {
        List<Map<String, Object>> found = ask("catalog-manage-plan", Map.of("plan", plan));
        if (found.isEmpty()) {
            return null;
        }
        try {
            send("seda:catalog-manage-apply", AppliedCrawl.Order.of(plan, found, trigger));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure(e.getMessage());
        }
        return "The plan %s is being applied.".formatted(plan);
    }

    /** Undoes a crawl for somebody who does not wait for it. @param trigger what asked for it: api */
    public String undo(long run, String region, String trigger) {
        send("seda:catalog-manage-undo", new UndoOrder(run, region, trigger));
        return "Run %d of %s is being undone, in a run of its own.".formatted(run, region);
    }
}
