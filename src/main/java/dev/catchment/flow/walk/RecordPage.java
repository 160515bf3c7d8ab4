package dev.catchment.flow.walk;

import java.util.List;

/**
 * One page of records as it came.
 *
 * @param total of all pages together, as the source announces it; 0 if it says nothing usable
 */
public record RecordPage(List<RawRecord> records, long total) {}
