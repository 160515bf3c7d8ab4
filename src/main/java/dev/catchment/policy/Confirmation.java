package dev.catchment.policy;

import dev.catchment.policy.diff.Resemblance;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.PageText;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * When another text counts as a change.
 *
 * @param changes all: each is confirmed by a second fetch; losses: only if half of the text or more is missing
 * @param after milliseconds until the second fetch
 * @param hold milliseconds that a text has to stay which the page said before, or which differs at each fetch
 * @param holdStrange milliseconds that a text has to stay which may be of another page, unless an operator accepts it
 * @param firstBelow characters: a first text of a web page that has fewer is confirmed by a second fetch, too
 */
public record Confirmation(String changes, long after, long hold, long holdStrange, int firstBelow) {
    private static final int STEADY_BY = 3;
    private static final Set<String> HELD = Set.of("flapping", "unsteady", "foreign", "language");
    private static final Set<String> STRANGE = Set.of("foreign", "language");

    /** Why another text does not count yet, and when it may. @param reason as policy.candidates keeps it */
    record Doubt(String reason, Instant confirmAt) {
        CheckOutcome outcome() {
            return HELD.contains(reason) ? CheckOutcome.HELD : CheckOutcome.CANDIDATE;
        }
    }

    /**
     * The first text of a page has nothing to be compared with; but error pages are short, and mostly soon over.
     *
     * @return null if it counts
     */
    Doubt doubtOfFirst(ClaimedPage check, PageText text, Instant now) {
        if (check.type() != FetchType.HTML || text.text().length() >= firstBelow) {
            return null;
        }
        if (text.hash().equals(check.text("candidate_hash"))) {
            Instant confirmAt = check.moment("confirm_at");
            return now.isBefore(confirmAt) ? new Doubt(check.text("candidate_reason"), confirmAt) : null;
        }
        // Where each fetch says something else of the same, one is as good as the other; but not one that has taken its
        // place.
        return isUnsteady(check) && isLikeCandidate(check, text) ? null : later("first", after, now);
    }

    /** @param likeness of the text to the last one that counted @return null if it counts */
    Doubt doubt(ClaimedPage check, PageText text, Resemblance likeness, Instant now) {
        Instant confirmAt = check.moment("confirm_at");
        if (text.hash().equals(check.text("candidate_hash"))) {
            return now.isBefore(confirmAt) ? new Doubt(check.text("candidate_reason"), confirmAt) : null;
        }
        if (check.saidLately(text.hash())) {
            return later("flapping", hold, now);
        }
        if (likeness.isForeign() || likeness.isOtherLanguage()) {
            return later(likeness.isOtherLanguage() ? "language" : "foreign", holdStrange, now);
        }
        if (isUnsteady(check)) {
            return later("unsteady", hold, now);
        }
        if (text.text().length() * 2L <= check.number("content_length")) {
            return later("shrunk", after, now);
        }
        return changes.equals("all") ? later("changed", after, now) : null;
    }

    /** A page that was away for a while, and says something new when it is back, is no less steady. */
    private static boolean isUnsteady(ClaimedPage check) {
        return check.text("candidate_hash") != null
                && !STRANGE.contains(check.text("candidate_reason"))
                && check.number("sightings") + 1 >= STEADY_BY;
    }

    private static boolean isLikeCandidate(ClaimedPage check, PageText text) {
        Resemblance likeness = Resemblance.between(check.text("candidate_text"), text.text());
        return !likeness.isForeign() && !likeness.isOtherLanguage();
    }

    private static Doubt later(String reason, long milliseconds, Instant now) {
        return new Doubt(reason, now.plus(Duration.ofMillis(milliseconds)));
    }
}
