package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.text.UrlSecrets;

/**
 * A source as a file says it, or why it cannot be read.
 *
 * @param number from 1 on, over all entries of the file
 * @param position where it stands, in words
 * @param written as it came, for the ledger
 * @param fields null if it cannot be read
 * @param bad null if it can
 */
record SourceEntry(int number, String position, String written, ObjectNode fields, BadRecord bad) {
    private static final String SECRET = "secret";

    static SourceEntry of(int number, String position, ObjectNode fields) {
        return new SourceEntry(number, position, written(fields), fields, null);
    }

    static SourceEntry bad(int number, String position, String written, BadRecord bad) {
        return new SourceEntry(number, position, UrlSecrets.masked(written), null, bad);
    }

    /** What stands for a secret may be one, against all advice: it is kept nowhere. */
    private static String written(ObjectNode fields) {
        return UrlSecrets.masked(
                fields.has(SECRET) ? fields.deepCopy().put(SECRET, "…").toString() : fields.toString());
    }
}
