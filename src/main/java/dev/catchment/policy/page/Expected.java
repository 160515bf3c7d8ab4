package dev.catchment.policy.page;

/**
 * What a source's answer is measured against.
 *
 * @param lastLength characters of the last text that counted; 0 if there was none
 */
public record Expected(FetchType type, Rules rules, int lastLength) {}
