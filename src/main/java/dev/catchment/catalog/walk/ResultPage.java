package dev.catchment.catalog.walk;

import java.util.List;

/**
 * One page of results as it came.
 *
 * @param total of all pages together, as the API announces it in {@code resultSetSize}; 0 if it says nothing usable
 */
public record ResultPage(List<RawRecord> records, long total) {}
