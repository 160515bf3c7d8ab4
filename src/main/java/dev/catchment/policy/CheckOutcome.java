package dev.catchment.policy;

import java.util.Locale;

/** What came of a check, as policy.fetches keeps it. */
public enum CheckOutcome {
    /** The first text of a page: nobody is told. */
    BASELINE("added"),
    UNCHANGED("unchanged"),
    /** The server said so itself. */
    NOT_MODIFIED("unchanged"),
    /** Another text, to be confirmed by a second fetch. */
    CANDIDATE("skipped"),
    /** Another text that may well be a mistake: it counts if it stays. */
    HELD("skipped"),
    /** A confirmed change. */
    CHANGED("updated"),
    /** No text. */
    FAILED("rejected");

    private final String count;

    CheckOutcome(String count) {
        this.count = count;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String count() {
        return count;
    }
}
