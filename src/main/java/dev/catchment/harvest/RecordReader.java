package dev.catchment.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import dev.catchment.flow.hash.ContentHash;
import dev.catchment.flow.hash.HashRules;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.walk.RawRecord;
import dev.catchment.flow.walk.RecordJudge;
import dev.catchment.flow.walk.RecordOutcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** Reads records of a kind: whether they can be stored, under which key, and what their content is. */
final class RecordReader implements RecordJudge {
    /** An index entry takes no more than 2,704 bytes. */
    private static final int LONGEST_KEY = 600;
    /** What jsonb, a parameter and a batch take without trouble. */
    static final int LARGEST = 32 << 20;

    private final Kind kind;
    private final ContentHash hash;

    RecordReader(Kind kind) {
        this.kind = kind;
        this.hash = new ContentHash(HashRules.of(kind.volatileFields(), kind.bags(), List.of()));
    }

    @Override
    public RecordOutcome outcome(RawRecord raw, long place) {
        try {
            return new RecordOutcome.Accepted(raw, read(raw, place));
        } catch (BadRecord bad) {
            return new RecordOutcome.Rejected(raw, storable(raw.key()), bad.reason(), bad.getMessage());
        }
    }

    private HarvestedRecord read(RawRecord raw, long place) throws BadRecord {
        if (raw.size() > LARGEST) {
            throw new BadRecord(
                    "too-large",
                    "The record has %,d bytes, more than %,d; only its beginning was kept, and it is rejected."
                            .formatted(raw.size(), LARGEST));
        }
        JsonNode record = RecordParser.parse(raw.page(), raw.offset(), raw.length());
        if (raw.key() == null || raw.key().isBlank()) {
            throw new BadRecord(
                    BadRecord.NO_ID,
                    "The record has no key at %s; it is rejected."
                            .formatted(String.join(" or ", kind.key().at())));
        }
        if (storable(raw.key()) == null) {
            throw new BadRecord(
                    BadRecord.BAD_ID,
                    "The key of the record is longer than %d characters, or holds control characters: %s; it is rejected."
                            .formatted(LONGEST_KEY, BadRecord.quote(raw.key())));
        }
        return new HarvestedRecord(storable(raw.key()), hash.of(record), moment(raw.updatedAt()), place);
    }

    /** The key as it is stored; null if it cannot be. */
    private String storable(String key) {
        boolean isPlain = key != null
                && !key.isBlank()
                && key.length() <= LONGEST_KEY
                && key.chars().noneMatch(Character::isISOControl);
        return isPlain ? kind.key().normalised(key) : null;
    }

    /** Of which of two records is newer; the mapping says more. Null where it cannot be read. */
    private Instant moment(String text) {
        if (text == null) {
            return null;
        }
        try {
            ZoneId zone = ZoneId.of(kind.modified().zone());
            if (kind.modified().format().equals("epoch-millis")) {
                return bounded(Instant.ofEpochMilli(Long.parseLong(text)));
            }
            if (text.length() == 10) {
                return bounded(LocalDate.parse(text).atStartOfDay(zone).toInstant());
            }
            boolean hasOffset = text.matches(".*(Z|[+-]\\d{2}:?\\d{2})$") && text.length() > 19;
            return bounded(
                    hasOffset
                            ? OffsetDateTime.parse(text.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2"))
                                    .toInstant()
                            : LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException | NumberFormatException unreadable) {
            return null;
        }
    }

    private static Instant bounded(Instant moment) {
        int year = moment.atOffset(java.time.ZoneOffset.UTC).getYear();
        return year >= 1 && year <= 9999 ? moment : null;
    }
}
