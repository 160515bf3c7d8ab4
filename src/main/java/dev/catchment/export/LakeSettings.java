package dev.catchment.export;

/**
 * How lakes are kept.
 *
 * @param to where exports on schedule go; empty: to none
 * @param keep so many exports stay
 * @param changes so many exports of changes follow a whole one
 * @param memory that Parquet is made in, in bytes
 */
public record LakeSettings(String to, int keep, int changes, long memory) {}
