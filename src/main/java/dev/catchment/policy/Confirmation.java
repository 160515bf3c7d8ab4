package dev.catchment.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * When another text counts as a change.
 *
 * @param changes all: each is confirmed by a second fetch; losses: only if half of the text or more is missing
 * @param after milliseconds until the second fetch
 * @param hold milliseconds that a text has to stay which the page said before, or which differs at each fetch
 */
public record Confirmation(String changes, long after, long hold) {
    private static final int STEADY_BY = 3;

    /** Why another text does not count yet, and when it may. @param reason as policy.candidates keeps it */
    record Doubt(String reason, Instant confirmAt) {
        Outcome outcome() {
            return reason.equals("flapping") || reason.equals("unsteady") ? Outcome.HELD : Outcome.CANDIDATE;
        }
    }

    /** @return null if it counts */
    Doubt doubt(Check check, Normalised text, Instant now) {
        Instant confirmAt = check.moment("confirm_at");
        if (text.hash().equals(check.text("candidate_hash"))) {
            return now.isBefore(confirmAt) ? new Doubt(check.text("candidate_reason"), confirmAt) : null;
        }
        if (check.saidLately(text.hash())) {
            return later("flapping", hold, now);
        }
        if (check.text("candidate_hash") != null && check.number("sightings") + 1 >= STEADY_BY) {
            return later("unsteady", hold, now);
        }
        if (text.text().length() * 2L <= check.number("content_length")) {
            return later("shrunk", after, now);
        }
        return changes.equals("all") ? later("changed", after, now) : null;
    }

    private static Doubt later(String reason, long milliseconds, Instant now) {
        return new Doubt(reason, now.plus(Duration.ofMillis(milliseconds)));
    }
}
