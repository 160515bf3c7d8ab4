package dev.catchment.catalog;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunOrder;
import dev.catchment.flow.RunStart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The plan of a crawl while it is applied: its pages are committed as a crawl commits them, and then what is gone is retired. A
 * page that was committed before changes nothing, so that one that was broken off begins at its first page.
 */
public final class AppliedCrawl extends ActiveRun {
    private final Order order;
    private Object gone;
    private int place;
    private boolean hasAllPages;
    private boolean isDone;

    /**
     * What is asked for.
     *
     * @param region us or eu: nobody crawls it meanwhile
     * @param isBegun whether a run that was stopped or killed began to apply it
     */
    public record Order(String plan, String region, boolean isBegun) {
        /**
         * The order to apply a plan.
         *
         * @param named as it was asked for
         * @param found rows of {@code catalog/find-plan}
         * @throws IllegalArgumentException if there is no such plan, or it cannot be applied
         */
        public static Order of(String named, List<Map<String, Object>> found) {
            if (found.size() != 1) {
                throw new IllegalArgumentException(
                        found.isEmpty()
                                ? "There is no plan %s. 'catchment plan --source S' makes one.".formatted(named)
                                : "%d plans begin with %s: name one by its id.".formatted(found.size(), named));
            }
            Map<String, Object> row = found.get(0);
            if (Boolean.TRUE.equals(row.get("is_applied"))) {
                throw new IllegalArgumentException("The plan %s was applied by run %s already. Nothing was written."
                        .formatted(named, row.get("applied_run")));
            }
            if (!Boolean.TRUE.equals(row.get("is_complete"))) {
                throw new IllegalArgumentException(
                        "The plan %s cannot be applied, for its walk (run %s) was not complete. Plan again: catchment plan --source %s"
                                .formatted(named, row.get("run"), row.get("name")));
            }
            return new Order((String) row.get("plan"), (String) row.get("region"), row.get("applied_run") != null);
        }

        public RunOrder run() {
            return new RunOrder("catalog", "crawl", region, "cli", "apply", isBegun, null);
        }
    }

    AppliedCrawl(Order order, RunStart start) {
        super(start, 1);
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
        if (row == null) {
            throw notRunning();
        }
        if (Boolean.TRUE.equals(row.get("is_refused"))) {
            throw new PermanentFailure(
                    "The plan %s was refused, and nothing was written: what socrata-%s holds is not what it held when it was planned, or the plan was applied before. Plan again: catchment plan --source socrata-%2$s"
                            .formatted(order.plan(), order.region()));
        }
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
        if (rows.isEmpty()) {
            throw notRunning();
        }
    }

    /** What was gone is retired. @param rows of {@code retire-absent-datasets} */
    public void done(List<Map<String, Object>> rows) {
        committed(rows);
        isDone = true;
    }

    private static FatalFailure notRunning() {
        return new FatalFailure("The run is no longer running in ops.runs: another process took it for dead.");
    }

    @Override
    protected boolean isAtEnd() {
        return isDone;
    }

    @Override
    public boolean isComplete() {
        return isDone && !isFailed();
    }

    @Override
    protected String reads() {
        return "plan " + order.plan();
    }

    @Override
    protected String cursor() {
        return null;
    }

    @Override
    protected String next(Throwable cause) {
        return cause instanceof PermanentFailure
                ? "it has to be planned again"
                : "applying it again goes on with what is missing";
    }
}
