package dev.catchment.policy;

import java.time.Instant;
import java.util.Map;

/**
 * What came of a check.
 *
 * @param cause code of what was wrong, or of why a text is held; null if nothing was
 * @param message the same to an operator
 * @param visit null if there was none
 * @param text what the page says; null if it failed or nothing came
 * @param doubt why the text does not count yet; null if it does
 * @param next when the page is checked next
 * @param diff from the last version to this one; null unless it changed
 */
public record Decision(
        Outcome outcome,
        String cause,
        String message,
        PageVisit visit,
        Normalised text,
        Confirmation.Doubt doubt,
        Instant now,
        Instant next,
        String diff) {

    public boolean isChange() {
        return outcome == Outcome.CHANGED;
    }

    /** With the way from the last version to this one. @param version row of {@code policy/find-version} */
    public Decision comparedWith(Map<String, Object> version) {
        String way = Diff.between((String) version.get("raw_text"), text.text()).unified();
        return new Decision(outcome, cause, message, visit, text, doubt, now, next, way);
    }

    /** What came; null if nothing did. */
    byte[] body() {
        boolean hasBody = visit != null && visit.fetched() != null && outcome != Outcome.NOT_MODIFIED;
        return hasBody ? visit.fetched().body() : null;
    }

    int bytes() {
        return body() == null ? 0 : body().length;
    }
}
