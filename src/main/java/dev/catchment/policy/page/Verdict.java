package dev.catchment.policy.page;

import java.time.Duration;
import java.util.Optional;

/**
 * What came back, judged.
 *
 * @param detail what was seen, as {@code key=value}; empty if the outcome says it all
 * @param retryAfter how long the server wants to be left alone; null if it does not say
 * @param text there if the outcome is OK, else null
 */
public record Verdict(FetchOutcome outcome, String detail, Duration retryAfter, PageText text) {

    /** What a stranger wrote may hold zeroes, which the database takes nowhere. */
    public Verdict {
        detail = detail.replaceAll("\\p{Cntrl}+", " ");
    }

    public static Verdict of(FetchOutcome outcome, String detail) {
        return new Verdict(outcome, detail, null, null);
    }

    public boolean hasText() {
        return outcome == FetchOutcome.OK;
    }

    /** To an operator: what happened, what is to be done, what was seen. */
    public String words() {
        return Optional.of(detail)
                .filter(seen -> !seen.isEmpty())
                .map(seen -> outcome.words() + " " + seen)
                .orElse(outcome.words());
    }
}
