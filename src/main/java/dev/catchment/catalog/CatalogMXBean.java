package dev.catchment.catalog;

import java.util.Map;

/** What an operator may do with the catalogue over JMX, as {@code dev.catchment:type=Catalog}. Regions: us, eu. */
public interface CatalogMXBean {
    /** Begins a crawl of a region and says so at once, or why not; an unfinished one is gone on with. */
    String crawl(String region);

    /** Ends the crawl of a region after the pages under way; the next one goes on from there. */
    String stop(String region);

    /** When the region is crawled next, ISO 8601 in UTC; what the timer says, whether its route runs or not. */
    String nextRun(String region);

    /**
     * The last run of the region: id, mode, status, is_complete, started_at, finished_at (ISO 8601 in UTC), error; a
     * value is empty where there is none, all of it if there was no run.
     */
    Map<String, String> lastRun(String region);
}
