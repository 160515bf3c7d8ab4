package dev.catchment.policy.page;

/** When a page that failed is asked again. */
public enum Retry {
    /** Once more in this watch, for most of these pass by themselves; then later and later. */
    NOW,
    /** Later and later, not before the time the server named. */
    BACK_OFF,
    /** As if nothing had been: on its schedule. */
    NEXT_CHECK,
    /** On its schedule, but once a week at the most: only a hand can mend it, and an import makes it due at once. */
    WEEKLY
}
