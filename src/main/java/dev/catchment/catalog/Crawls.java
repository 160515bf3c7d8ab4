package dev.catchment.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The crawls of this process: begins them, knows them while they run, stops them. */
public final class Crawls {
    public static final List<String> REGIONS = List.of("us", "eu");

    private final Map<String, String> urls;
    private final AppToken token;
    private final int pageSize;
    private final Map<String, Crawl> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param pageSize records a page, to begin with */
    public Crawls(String usUrl, String euUrl, AppToken token, int pageSize) {
        this.urls = Map.of("us", usUrl, "eu", euUrl);
        this.token = token;
        this.pageSize = pageSize;
    }

    /** The parameters of {@code catalog/list-agencies}. */
    public Map<String, Object> scope(CrawlOrder order) {
        return Map.of("region", order.region());
    }

    /**
     * Begins a crawl.
     *
     * @param row of {@code ops/open-run}; null for a dry run, which has none
     * @param agencies rows of {@code catalog/list-agencies}
     */
    public Crawl begin(CrawlOrder order, Map<String, Object> row, List<Map<String, Object>> agencies) {
        Instant now = Instant.now();
        CrawlStart start = row == null
                ? new CrawlStart(null, null, order.cursor(), now, now)
                : new CrawlStart(
                        (Long) row.get("id"),
                        (Long) row.get("resumes"),
                        (String) row.get("cursor"),
                        ((Date) row.get("begun_at")).toInstant(),
                        now);
        Crawl crawl = new Crawl(order, start, upstream(order.region()), new AgencySpellings(agencies), pageSize);
        running.put(order.region(), crawl);
        if (closed) {
            crawl.stop();
        }
        return crawl;
    }

    Upstream upstream(String region) {
        return new Upstream(urls.get(region), token);
    }

    public void ended(Crawl crawl) {
        running.remove(crawl.order().region(), crawl);
    }

    public Collection<Crawl> running() {
        return List.copyOf(running.values());
    }

    public boolean isRunning(String region) {
        return running.containsKey(region);
    }

    /** @return whether a crawl of the region was running here */
    public boolean stop(String region) {
        Crawl crawl = running.get(region);
        if (crawl != null) {
            crawl.stop();
        }
        return crawl != null;
    }

    /** Stops what runs, and whatever is still begun afterwards. */
    public void stopAll() {
        closed = true;
        running.values().forEach(Crawl::stop);
    }
}
