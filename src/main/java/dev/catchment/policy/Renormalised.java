package dev.catchment.policy;

import dev.catchment.policy.diff.Diff;
import dev.catchment.policy.page.PageText;

/**
 * The text of a version's own body by the rules of now.
 *
 * @param run that counts it; null if another run makes it on its way
 * @param text null if the rules of now find none in it
 * @param reason why there is none; null if there is one
 * @param diff from what it was to what it is now
 */
public record Renormalised(ClaimedPage check, Long run, PageText text, String reason, Diff diff) {
    /** Whether the text became another one. */
    public boolean isOther() {
        return text != null && !text.hash().equals(check.text("content_hash"));
    }

    public boolean isReadable() {
        return text != null;
    }

    String told() {
        String what = !isReadable() ? "unreadable" : isOther() ? "other" : "same";
        return "text=%s source=\"%s\" normaliser=%s".formatted(what, check.name(), check.normaliser());
    }
}
