package dev.catchment.support;

import dev.catchment.flow.walk.WalkOrder;
import java.time.Instant;

/** Orders for crawls of the US region, each as one option of the command line asks. */
public final class Orders {
    private Orders() {}

    public static WalkOrder whole() {
        return WalkOrder.whole("catalog", "crawl", "us", "test");
    }

    public static WalkOrder directory() {
        return new WalkOrder("catalog", "crawl", "us", "test", "directory", false, null, null, 0, false);
    }

    public static WalkOrder fresh() {
        return new WalkOrder("catalog", "crawl", "us", "test", null, true, null, null, 0, false);
    }

    public static WalkOrder since(String moment) {
        return new WalkOrder("catalog", "crawl", "us", "test", null, false, Instant.parse(moment), null, 0, false);
    }

    public static WalkOrder after(String cursor) {
        return new WalkOrder("catalog", "crawl", "us", "test", null, false, null, cursor, 0, false);
    }

    public static WalkOrder limited(long limit) {
        return new WalkOrder("catalog", "crawl", "us", "test", null, false, null, null, limit, false);
    }

    public static WalkOrder dryRun() {
        return new WalkOrder("catalog", "crawl", "us", "test", null, false, null, null, 0, true);
    }

    public static WalkOrder dryRunOfDirectory() {
        return new WalkOrder("catalog", "crawl", "us", "test", "directory", false, null, null, 0, true);
    }
}
