package dev.catchment.policy;

import dev.catchment.errors.Cause;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.UnderWay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts being made anew, page after page. Each is a whole of its own, so a stop loses none. */
public final class Renormalisation extends UnderWay {
    private final String worker;
    private final List<Map<String, Object>> results = new ArrayList<>();

    Renormalisation(RunStart start, String worker) {
        super(start, 1);
        this.worker = worker;
    }

    /** @param row of {@code policy/list-renormalisable} @return null if its text is as it would be, or the run is to end */
    public Check next(Map<String, Object> row) {
        Check check = new Check(row, worker);
        return !isStopping() && check.isOutdated() ? check : null;
    }

    /** @param row of {@code policy/merge-renormalised}, if the text could be read and this is no dry run */
    public void renormalised(Renormalised made, Map<String, Object> row) {
        boolean isSkipped = made.isReadable() && !start().isDryRun() && row == null;
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("source", made.check().name());
        result.put(
                "text", isSkipped ? "skipped" : !made.isReadable() ? "unreadable" : made.isOther() ? "other" : "same");
        result.put("added", made.isOther() ? made.diff().added() : 0);
        result.put("removed", made.isOther() ? made.diff().removed() : 0);
        result.put("message", isSkipped ? "It is being checked now, and made anew by that." : made.reason());
        results.add(result);
        tally().add("seen", 1);
        tally().add(isSkipped || !made.isReadable() ? "skipped" : made.isOther() ? "updated" : "unchanged", 1);
    }

    /** What a source says of itself cannot be used. @param row of {@code policy/list-renormalisable} */
    public void unusable(Map<String, Object> row, Throwable failure) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("source", row.get("name"));
        result.put("text", "unreadable");
        result.put("added", 0);
        result.put("removed", 0);
        result.put("message", Cause.of(failure).getMessage());
        results.add(result);
        tally().add("seen", 1);
        tally().add("skipped", 1);
    }

    /** What came of each page; and the summary of the run. */
    public Map<String, Object> report(Map<String, Object> summary) {
        Map<String, Object> report = new LinkedHashMap<>(summary);
        report.put("pages", List.copyOf(results));
        return report;
    }

    @Override
    protected boolean isAtEnd() {
        return !isStopping();
    }

    @Override
    public boolean isComplete() {
        return !isStopping() && !isFailed();
    }

    @Override
    protected String reads() {
        return "the kept pages";
    }

    @Override
    protected String cursor() {
        return null;
    }
}
