package dev.catchment.policy.page;

/** A body of which no text can be made that may count as the source's. */
public final class Unreadable extends Exception {
    private final FetchOutcome outcome;
    private final String detail;

    /** @param detail what was seen, in a few words; empty if the outcome says it all */
    public Unreadable(FetchOutcome outcome, String detail) {
        super(outcome.words() + " " + detail);
        this.outcome = outcome;
        this.detail = detail;
    }

    public FetchOutcome outcome() {
        return outcome;
    }

    public String detail() {
        return detail;
    }
}
