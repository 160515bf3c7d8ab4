package dev.catchment.catalog;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.walk.PlannedRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The plan of a crawl while it is applied: its pages are committed as a crawl commits them, and then what is gone is retired. A
 * page that was committed before changes nothing, so that one that was broken off begins at its first page.
 */
public final class AppliedCrawl extends PlannedRun {
    private final Order order;
    private Object gone;
    private int place;
    private boolean hasAllPages;

    /**
     * What is asked for.
     *
     * @param region us or eu: nobody crawls it meanwhile
     * @param isBegun whether a run that was stopped or killed began to apply it
     */
    public record Order(String plan, String region, String trigger, boolean isBegun) {
        /**
         * The order to apply a plan.
         *
         * @param named as it was asked for
         * @param found rows of {@code catalog/find-plan}
         * @param trigger what asked for it: cli, api
         * @throws IllegalArgumentException if there is no such plan, or it cannot be applied
         */
        public static Order of(String named, List<Map<String, Object>> found, String trigger) {
            Map<String, Object> row = PlannedRun.one(named, found);
            return new Order(
                    (String) row.get("plan"), (String) row.get("region"), trigger, row.get("applied_run") != null);
        }

        public RunOrder run() {
            return new RunOrder("catalog", "crawl", region, trigger, "apply", isBegun, null);
        }
    }

    AppliedCrawl(Order order, RunStart start) {
        super(start, order.plan(), "socrata-" + order.region());
        this.order = order;
    }

    /** The parameters of its statements but for those of a page. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", start().run());
        parameters.put("scope", order.region());
        parameters.put("plan", order.plan());
        parameters.put("after", place);
        parameters.put("ids", gone);
        parameters.put("part", null);
        parameters.put("now", null);
        return parameters;
    }

    /** @param row of {@code take-plan} @throws PermanentFailure if the plan is refused */
    public void begun(Map<String, Object> row) throws PermanentFailure {
        requireAllowed(row);
        gone = row.get("ids");
    }

    public boolean hasMore() {
        return !hasAllPages && !isStopping() && !isFailed();
    }

    /** Whether all that the crawl of the plan saw is committed. */
    public boolean hasAllPages() {
        return hasAllPages;
    }

    /** Takes in what page comes next. @param page row of {@code find-planned-page}; null after the last one */
    public void take(Map<String, Object> page) {
        hasAllPages = page == null;
        place = hasAllPages ? place : (Integer) page.get("sequence");
    }

    /** The parameters of {@code upsert-page}. @param page row of {@code find-planned-page} */
    public Map<String, Object> page(Map<String, Object> page) {
        Map<String, Object> parameters = parameters();
        parameters.putAll(page);
        return parameters;
    }

    /** @param rows of the statement that committed a page */
    public void committed(List<Map<String, Object>> rows) {
        requireRunning(rows.isEmpty() ? null : rows.get(0));
    }

    /** What was gone is retired. @param rows of {@code retire-absent-datasets} */
    public void done(List<Map<String, Object>> rows) {
        committed(rows);
        finish();
    }

    @Override
    protected String reads() {
        return "plan " + order.plan();
    }

    @Override
    protected String cursor() {
        return null;
    }
}
