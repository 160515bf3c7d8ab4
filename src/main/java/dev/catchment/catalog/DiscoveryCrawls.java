package dev.catchment.catalog;

import dev.catchment.catalog.asset.AssetNormaliser;
import dev.catchment.catalog.asset.Country;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.flow.walk.AccessToken;
import dev.catchment.flow.walk.ActiveWalk;
import dev.catchment.flow.walk.RecordJudge;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.flow.walk.WalkSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Begins crawls of the Socrata Discovery API, and says what it is to be walked like. */
public final class DiscoveryCrawls {
    public static final List<String> REGIONS = List.of("us", "eu");

    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Kind kind;
    private final AccessToken token;
    private final int pageSize;
    private final AssetNormaliser normaliser;
    private final ActiveRuns running;

    /**
     * @param kinds of which one says how the API is walked
     * @param pageSize records a page, to begin with
     * @param countries file of an operator's list, see {@code CountryFile}; blank if there is none
     */
    public DiscoveryCrawls(Kinds kinds, AccessToken token, int pageSize, String countries, ActiveRuns running) {
        this.kind = kinds.get("socrata-discovery").kind();
        this.token = token;
        this.pageSize = pageSize;
        this.normaliser = new AssetNormaliser(Country.from(countries.isBlank() ? null : Path.of(countries)));
        this.running = running;
    }

    /** The URL of each region. */
    public Map<String, String> getUrls() {
        return urls;
    }

    /** The parameters of {@code catalog/list-agencies}. */
    public Map<String, Object> scope(WalkOrder order) {
        return Map.of("region", order.scope());
    }

    /**
     * Begins a crawl.
     *
     * @param start of its run
     * @param agencies rows of {@code catalog/list-agencies}
     */
    public ActiveWalk begin(WalkOrder order, RunStart start, List<Map<String, Object>> agencies) {
        AgencySpellings spellings = new AgencySpellings(agencies);
        WalkSource source = new WalkSource(
                kind,
                null,
                "catalog." + order.scope() + ".url",
                Placeholders.of(order.scope(), urls.get(order.scope()), "", Map.of()),
                token);
        ActiveWalk crawl = new ActiveWalk(
                order,
                start,
                source,
                RecordJudge.of(
                        (bytes, offset, length) -> spellings.settle(normaliser.normalise(bytes, offset, length))),
                pageSize);
        running.begun(crawl);
        return crawl;
    }

    /** A crawl of a region whose outcome is staged and shown: see {@code catalog-plan}. */
    public static WalkOrder planning(String region, String trigger) {
        return new WalkOrder("catalog", "crawl", region, trigger, "plan", true, null, null, 0, false);
    }

    /** Begins to apply the plan of a crawl. */
    public AppliedCrawl apply(AppliedCrawl.Order order, RunStart start) {
        AppliedCrawl applied = new AppliedCrawl(order, start);
        running.begun(applied);
        return applied;
    }

    /** The region that is the source of this name, as {@code socrata-us}; null if there is none. */
    public static String regionOf(String source) {
        return REGIONS.stream()
                .filter(region -> source.equals("socrata-" + region))
                .findFirst()
                .orElse(null);
    }
}
