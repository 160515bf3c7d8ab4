package dev.catchment.policy;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.Watched;

/** A page about a visa, served and watched. */
record VisaPage(PolicyRig policy) {
    static final String OLD = "The fee is 100 pounds.\nApply online.";
    static final String NEW = "The fee is 120 pounds.\nApply online.";

    /** Each line a paragraph. */
    static ServedPage of(String lines) {
        return ServedPage.html("<html><head><title>Visa</title></head><body><main><p>" + lines.replace("\n", "</p><p>")
                + "</p></main></body></html>");
    }

    void says(String lines) {
        policy.pages().serve("/visa", of(lines));
    }

    /** It says what it said of old. @return its id as a source */
    String isWatched() {
        says(OLD);
        return Watched.source("Visa", policy.pages().url("/visa"));
    }
}
