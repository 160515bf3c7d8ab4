package dev.catchment.support;

import dev.catchment.catalog.CrawlOrder;
import java.time.Instant;

/** Orders for crawls of the US region, each as one option of the command line asks. */
public final class Orders {
    private Orders() {}

    public static CrawlOrder whole() {
        return CrawlOrder.whole("us", "test");
    }

    public static CrawlOrder directory() {
        return new CrawlOrder("us", "test", true, false, null, null, 0, false);
    }

    public static CrawlOrder fresh() {
        return new CrawlOrder("us", "test", false, true, null, null, 0, false);
    }

    public static CrawlOrder since(String moment) {
        return new CrawlOrder("us", "test", false, false, Instant.parse(moment), null, 0, false);
    }

    public static CrawlOrder after(String cursor) {
        return new CrawlOrder("us", "test", false, false, null, cursor, 0, false);
    }

    public static CrawlOrder limited(long limit) {
        return new CrawlOrder("us", "test", false, false, null, null, limit, false);
    }

    public static CrawlOrder dryRun() {
        return new CrawlOrder("us", "test", false, false, null, null, 0, true);
    }

    public static CrawlOrder dryRunOfDirectory() {
        return new CrawlOrder("us", "test", true, false, null, null, 0, true);
    }
}
