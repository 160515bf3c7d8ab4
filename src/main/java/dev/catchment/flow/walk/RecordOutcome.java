package dev.catchment.flow.walk;

import dev.catchment.flow.RejectRow;

/** What became of one record of a page. */
public sealed interface RecordOutcome {
    /** It can be stored. */
    record Accepted(RawRecord raw, RecordJudge.Good record) implements RecordOutcome {
        /** As the loser of two with the same key. */
        Rejected conflicting() {
            return new Rejected(
                    raw,
                    record.id(),
                    "conflicting-duplicate",
                    "The key stands on the page once more, with other content. The newer record is kept, else the last.");
        }

        boolean isNewerThan(Accepted other) {
            return other.record.updatedAt() == null
                    || (record.updatedAt() != null && !record.updatedAt().isBefore(other.record.updatedAt()));
        }
    }

    /** It cannot. @param key as far as it could be read, else null @param reason a stable code */
    record Rejected(RawRecord raw, String key, String reason, String message) implements RecordOutcome {
        RejectRow row(int page) {
            return new RejectRow(
                    "page %d, record %d".formatted(page, raw.index() + 1), key, reason, message, raw.text());
        }
    }
}
