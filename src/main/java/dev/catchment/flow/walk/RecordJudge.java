package dev.catchment.flow.walk;

import dev.catchment.flow.BadRecord;
import java.time.Instant;

/** What a room makes of a record: what its columns hold, or why it cannot be stored. It is called by several threads. */
@FunctionalInterface
public interface RecordJudge {
    /**
     * A bad record becomes a reject with its reason; it never costs its page.
     *
     * @param place its row in the walk, from 1; its row on the page where nobody counts
     */
    RecordOutcome outcome(RawRecord raw, long place);

    /** One that needs to know nothing but the bytes of a record. */
    static RecordJudge of(Normaliser normaliser) {
        return (raw, place) -> {
            try {
                return new RecordOutcome.Accepted(raw, normaliser.normalise(raw.page(), raw.offset(), raw.length()));
            } catch (BadRecord bad) {
                return new RecordOutcome.Rejected(raw, bad.key(), bad.reason(), bad.getMessage());
            }
        };
    }

    /** Makes of bytes what columns hold. */
    @FunctionalInterface
    interface Normaliser {
        /** @throws BadRecord where it cannot be stored */
        Good normalise(byte[] bytes, int offset, int length) throws BadRecord;
    }

    /** A record that can be stored: its components are what the statement that commits it reads, in snake case. */
    interface Good {
        /** Its key, which no other record of the scope has. */
        String id();

        /** What its content is, without what changes by itself. */
        String contentHash();

        /** When it changed last; null if it does not say. */
        Instant updatedAt();
    }
}
