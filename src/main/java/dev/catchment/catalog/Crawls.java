package dev.catchment.catalog;

import dev.catchment.catalog.walk.AppToken;
import dev.catchment.catalog.walk.DiscoveryApi;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunStart;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Begins the crawls of this process, and knows them by their region while they run. */
public final class Crawls {
    public static final List<String> REGIONS = List.of("us", "eu");

    private final Map<String, String> urls;
    private final AppToken token;
    private final int pageSize;
    private final ActiveRuns running;

    /** @param pageSize records a page, to begin with */
    public Crawls(String usUrl, String euUrl, AppToken token, int pageSize, ActiveRuns running) {
        this.urls = Map.of("us", usUrl, "eu", euUrl);
        this.token = token;
        this.pageSize = pageSize;
        this.running = running;
    }

    /** The parameters of {@code catalog/list-agencies}. */
    public Map<String, Object> scope(CrawlOrder order) {
        return Map.of("region", order.region());
    }

    /**
     * Begins a crawl.
     *
     * @param start of its run
     * @param agencies rows of {@code catalog/list-agencies}
     */
    public Crawl begin(CrawlOrder order, RunStart start, List<Map<String, Object>> agencies) {
        DiscoveryApi upstream = new DiscoveryApi(urls.get(order.region()), token);
        Crawl crawl = new Crawl(order, start, upstream, new AgencySpellings(agencies), pageSize);
        running.begun(crawl);
        return crawl;
    }

    public boolean isRunning(String region) {
        return running.contains("catalog/crawl/" + region);
    }

    /** @return whether a crawl of the region was running here */
    public boolean stop(String region) {
        return running.stop("catalog/crawl/" + region);
    }

    /** Stops those that were ordered so. */
    void stop(Predicate<CrawlOrder> ordered) {
        running.all().stream()
                .filter(run -> run instanceof Crawl crawl && ordered.test(crawl.order()))
                .forEach(ActiveRun::stop);
    }
}
