package dev.catchment.catalog;

import dev.catchment.errors.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a crawl ended. @param status succeeded, failed or stopped */
public record CrawlEnd(Crawl crawl, String status, boolean complete, Throwable cause, String note) {
    private String error() {
        return cause == null ? null : Words.of(cause, "catalog." + crawl.order().region() + ".url");
    }

    /** The parameters of {@code ops/close-run}. */
    public Map<String, Object> run() {
        Map<String, Object> run = new HashMap<>();
        run.put("run", crawl.start().run());
        run.put("status", status);
        run.put("complete", complete);
        run.put("error", error());
        run.put("note", note);
        run.put("now", null);
        return run;
    }

    /** The summary of a dry run, in the shape of {@code ops/close-run}: it has no row that could be read back. */
    public Map<String, Object> dryRunSummary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("run", null);
        summary.put("room", "catalog");
        summary.put("flow", "crawl");
        summary.put("scope", crawl.order().region());
        summary.put("mode", crawl.order().mode());
        summary.put("status", status);
        for (String count : new String[] {
            "seen", "added", "updated", "unchanged", "retired", "restored", "rejected", "skipped", "bytes"
        }) {
            summary.put(count, crawl.tally().get(count));
        }
        Duration took = Duration.between(crawl.start().startedAt(), Instant.now());
        summary.put("seconds", BigDecimal.valueOf(took.toMillis(), 3).setScale(3, RoundingMode.HALF_UP));
        summary.put("cursor", crawl.cursor());
        summary.put("error", error());
        summary.put("note", note);
        return summary;
    }
}
