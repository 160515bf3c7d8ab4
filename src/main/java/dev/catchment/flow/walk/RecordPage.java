package dev.catchment.flow.walk;

import java.util.List;

/**
 * One page of records as it came.
 *
 * @param total of all pages together, as the source announces it; 0 if it says nothing usable
 * @param next what the source says of the next page: its URL, cursor, number or offset; null if there is none
 */
public record RecordPage(List<RawRecord> records, long total, String next) {
    RecordPage(List<RawRecord> records, long total) {
        this(records, total, null);
    }

    /** @param url of the next page */
    RecordPage leadingTo(String url) {
        return new RecordPage(records, total, url);
    }

    RecordPage with(List<RawRecord> others) {
        return new RecordPage(others, total, next);
    }
}
