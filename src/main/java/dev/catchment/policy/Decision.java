package dev.catchment.policy;

import dev.catchment.policy.page.PageText;
import dev.catchment.policy.visit.PageVisit;
import java.time.Instant;

/**
 * What came of a check.
 *
 * @param outcome null as long as another text was not compared with the last one
 * @param cause code of what was wrong, or of why a text is held; null if nothing was
 * @param message the same to an operator
 * @param visit null if there was none
 * @param text what the page says; null if it failed or nothing came
 * @param doubt why the text does not count yet; null if it does
 * @param next when the page is checked next
 * @param diff from the last version to this one; null unless it changed
 */
public record Decision(
        CheckOutcome outcome,
        String cause,
        String message,
        PageVisit visit,
        PageText text,
        Confirmation.Doubt doubt,
        Instant now,
        Instant next,
        String diff) {

    /** Another text than the last one, which is to be compared with it. */
    static Decision ofOther(PageVisit visit, PageText text, Instant now) {
        return new Decision(null, null, null, visit, text, null, now, null, null);
    }

    public boolean isOther() {
        return outcome == null;
    }

    /** What came; null if nothing did. */
    byte[] body() {
        boolean hasBody = visit != null && visit.fetched() != null && outcome != CheckOutcome.NOT_MODIFIED;
        return hasBody ? visit.fetched().body() : null;
    }

    int bytes() {
        return body() == null ? 0 : body().length;
    }
}
