package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.catchment.flow.BadRecord;
import java.io.IOException;
import java.time.Instant;

/** What a room makes of a record: what its columns hold, or why it cannot be stored. It is called by several threads. */
@FunctionalInterface
public interface RecordJudge {
    /** @throws BadRecord where it cannot be stored */
    Good judge(byte[] bytes, int offset, int length) throws BadRecord;

    /** A bad record becomes a reject with its reason; it never costs its page. */
    default RecordOutcome outcome(RawRecord raw) {
        try {
            return new RecordOutcome.Accepted(raw, judge(raw.page(), raw.offset(), raw.length()));
        } catch (BadRecord bad) {
            return new RecordOutcome.Rejected(raw, bad.key(), bad.reason(), bad.getMessage());
        }
    }

    /** A record that can be stored. */
    interface Good {
        /** Its key, which no other record of the scope has. */
        String id();

        /** When it changed last; null if it does not say. */
        Instant updatedAt();

        /** Writes its columns into an object that is open. */
        void writeFields(JsonGenerator json) throws IOException;
    }
}
