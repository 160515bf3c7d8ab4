package dev.catchment.flow.walk;

import dev.catchment.flow.RequestRow;
import dev.catchment.http.HttpAnswer;
import java.util.List;

/**
 * A page on its way to the database.
 *
 * @param sequence its number in the run, from 1
 * @param keys of its records, in their order, without those that are none
 * @param cursor where a run resumes after it; null if it does not say
 * @param rows that came before it in the walk
 */
public record FetchedPage(
        HttpAnswer answer, int sequence, List<RawRecord> records, List<String> keys, String cursor, long rows) {
    /** Its row in the ledger. */
    RequestRow request() {
        return new RequestRow(
                sequence,
                answer.begun(),
                answer.url(),
                answer.status(),
                answer.attempts(),
                answer.milliseconds(),
                answer.bytes(),
                keys.isEmpty() ? null : keys.get(0),
                keys.isEmpty() ? null : keys.get(keys.size() - 1),
                cursor,
                records.size());
    }
}
