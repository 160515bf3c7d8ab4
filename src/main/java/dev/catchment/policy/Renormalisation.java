package dev.catchment.policy;

import dev.catchment.errors.Cause;
import dev.catchment.flow.RunStart;
import java.util.LinkedHashMap;
import java.util.Map;

/** Texts being made anew, page after page. */
public final class Renormalisation extends PageRun {
    /** It claims no page: what another checks now is passed over. */
    private static final String NOBODY = "nobody";

    Renormalisation(RunStart start) {
        super(start);
    }

    /** @param row of {@code policy/list-renormalisable} @return null if its text is as it would be, or the run is to end */
    public ClaimedPage next(Map<String, Object> row) {
        ClaimedPage check = new ClaimedPage(row, NOBODY);
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
        result.put("message", isSkipped ? "It is being checked now, which rebuilds its text." : made.reason());
        tell(result);
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
        tell(result);
        tally().add("seen", 1);
        tally().add("skipped", 1);
    }

    @Override
    protected String reads() {
        return "the kept pages";
    }
}
