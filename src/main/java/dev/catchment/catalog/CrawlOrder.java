package dev.catchment.catalog;

import dev.catchment.flow.RunOrder;
import java.time.Instant;

/**
 * What is asked of one crawl.
 *
 * @param region us or eu
 * @param trigger what asked for it: timer, start, cli, jmx, demo
 * @param directory hosts, domains and agencies alone; datasets are left as they are
 * @param fresh begin anew, even if the last crawl is unfinished
 * @param since walk back to this moment only, newest first; null: the whole catalogue
 * @param cursor begin after this id; null: where the last crawl stopped, or at the beginning
 * @param limit records at the most; 0: all
 * @param dryRun compare and report, write nothing
 */
public record CrawlOrder(
        String region,
        String trigger,
        boolean directory,
        boolean fresh,
        Instant since,
        String cursor,
        long limit,
        boolean dryRun) {

    /** The whole catalogue of a region, going on where an unfinished crawl stopped. */
    public static CrawlOrder whole(String region, String trigger) {
        return new CrawlOrder(region, trigger, false, false, null, null, 0, false);
    }

    /** What part of the scope is asked for, as the ledger names it. */
    public String mode() {
        if (dryRun) {
            return "dry-run";
        }
        if (since != null) {
            return "since";
        }
        if (limit > 0 || cursor != null) {
            return "partial";
        }
        return directory ? "directory" : "full";
    }

    /** Whether all of the scope is asked for, so that an unfinished crawl can be gone on with. */
    boolean isWhole() {
        return since == null && limit == 0 && cursor == null;
    }

    /** The run it asks for. */
    public RunOrder run() {
        return new RunOrder("catalog", "crawl", region, trigger, mode(), isWhole() && !fresh, cursor);
    }
}
