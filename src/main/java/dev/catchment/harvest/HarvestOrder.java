package dev.catchment.harvest;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What is asked of the harvest: one source, those of a kind, or all that are due; several workers share one order. */
public final class HarvestOrder {
    private final String trigger;
    private final String source;
    private final String kind;
    private final boolean isDue;
    private final boolean fresh;
    private final boolean dryRun;
    private final boolean isPlan;
    private final Consumer<Map<String, Object>> report;
    private final Set<Long> done = ConcurrentHashMap.newKeySet();

    /**
     * An order.
     *
     * @param trigger what asked for it: timer, cli, jmx, demo
     * @param source its name; null: any
     * @param kind only sources of it; null: any
     * @param isDue only what is due; else every active source that matches, once
     * @param fresh start over, even if the last walk is unfinished
     * @param dryRun compare and report, write nothing
     * @param report takes the summary of each walk
     */
    public HarvestOrder(
            String trigger,
            String source,
            String kind,
            boolean isDue,
            boolean fresh,
            boolean dryRun,
            Consumer<Map<String, Object>> report) {
        this(trigger, source, kind, isDue, fresh, dryRun, false, report);
    }

    private HarvestOrder(
            String trigger,
            String source,
            String kind,
            boolean isDue,
            boolean fresh,
            boolean dryRun,
            boolean isPlan,
            Consumer<Map<String, Object>> report) {
        this.trigger = trigger;
        this.source = source;
        this.kind = kind;
        this.isDue = isDue;
        this.fresh = fresh;
        this.dryRun = dryRun;
        this.isPlan = isPlan;
        this.report = report;
    }

    /** What the timer asks for. */
    public static HarvestOrder due() {
        return new HarvestOrder("timer", null, null, true, false, false, summary -> {});
    }

    /** A walk of a source whose outcome is staged and shown: see {@code harvest-plan}. */
    public static HarvestOrder planning(String trigger, String source, Consumer<Map<String, Object>> report) {
        return new HarvestOrder(trigger, source, null, false, true, false, true, report);
    }

    /** A walk of one source, whose summary nobody waits for. */
    public static HarvestOrder walking(String trigger, String source) {
        return new HarvestOrder(trigger, source, null, false, false, false, summary -> {});
    }

    /** The same for a plan. */
    public static HarvestOrder planning(String trigger, String source) {
        return planning(trigger, source, summary -> {});
    }

    public String trigger() {
        return trigger;
    }

    public String source() {
        return source;
    }

    public String kind() {
        return kind;
    }

    public boolean onlyDue() {
        return isDue;
    }

    public boolean fresh() {
        return fresh;
    }

    public boolean dryRun() {
        return dryRun;
    }

    public boolean isPlan() {
        return isPlan;
    }

    /** Sources that were walked already, whatever came of it. */
    public Set<Long> done() {
        return done;
    }

    public void report(Map<String, Object> summary) {
        report.accept(summary);
    }
}
