package dev.catchment.names.figure;

/**
 * What a file was recognised as.
 *
 * @param format the format that reads it, as the payload of its job says: {@code us_ssa}
 * @param source who published it: {@code us-ssa}
 * @param region ISO 3166-2 of the part of the country it covers, where a source publishes one file a region; else null
 * @param entry the only entry of a packed file that is meant; null for all
 * @param year of all its figures where the file, its name or its title says so; null where its rows do
 * @param gender of all its figures where the file, its name or its title says so; null where its rows do
 */
public record Publication(String format, String source, String region, String entry, Integer year, Gender gender) {}
