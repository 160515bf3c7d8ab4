package dev.catchment.policy.page;

/** What a source is: the values of {@code policy.sources.fetch_type}. */
public enum FetchType {
    HTML,
    PDF
}
