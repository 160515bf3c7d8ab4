package dev.catchment.policy;

import java.time.Instant;

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

    /** @param way from the last version to this one */
    Decision with(String way) {
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
