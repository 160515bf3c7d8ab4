package dev.catchment.policy;

/** When a source is asked again. */
public enum Retry {
    /** Once more in this run: most of these pass by themselves. */
    NOW,
    /** Later and later, not before the time the server named. */
    BACK_OFF,
    /** As if nothing had been: on its schedule. */
    NEXT_CHECK,
    /** Asked on its schedule, but judged anew only if the bytes, the address or the rules are others. */
    WHEN_CHANGED
}
