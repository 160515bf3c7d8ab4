package dev.catchment.registry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.catchment.registry.file.SeedRecord;
import java.io.IOException;
import java.time.Instant;

/**
 * A record that can be stored.
 *
 * @param kind source or asset
 * @param key the source_key of a source, the asset_key of an asset
 * @param sourceKey of its source; of a source its own key
 * @param isImplied whether a source could be made from that key: it is a domain
 * @param fields name, description, url, updated_at as they are written
 */
record SeedItem(SeedRecord record, String kind, String key, String sourceKey, boolean isImplied, Fields fields) {
    /** What is mapped of a record, as text; null where it says nothing. @param updatedAt ISO 8601 */
    record Fields(String name, String description, String url, String updatedAt) {}

    /** What tells it from the others that a statement has to look at: only the last of them can count. */
    String place() {
        return isSure() ? keyed() : keyed() + " of " + sourceKey;
    }

    /** Its kind and its key. */
    String keyed() {
        return kind + " " + key;
    }

    /** Whether it can be used for certain: if its source cannot be made from its key, the database has to judge. */
    boolean isSure() {
        return kind.equals("source") || isImplied;
    }

    /** The same, updated when the other was if that was later: updated_at keeps the greatest. */
    SeedItem updatedNotBefore(SeedItem other) {
        String theirs = other.fields.updatedAt;
        String own = fields.updatedAt;
        if (theirs == null || (own != null && !Instant.parse(own).isBefore(Instant.parse(theirs)))) {
            return this;
        }
        Fields later = new Fields(fields.name, fields.description, fields.url, theirs);
        return new SeedItem(record, kind, key, sourceKey, isImplied, later);
    }

    /** Writes what is mapped of it as one JSON object. @param from where its bytes begin among the raw ones, from 1 */
    void write(JsonGenerator json, String hash, int from) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", record.index());
        json.writeStringField("kind", kind);
        json.writeStringField("position", record.position());
        json.writeStringField("key", key);
        json.writeStringField("source_key", sourceKey);
        json.writeBooleanField("is_implied", isImplied);
        json.writeStringField("name", fields.name());
        json.writeStringField("description", fields.description());
        json.writeStringField("url", fields.url());
        json.writeStringField("updated_at", fields.updatedAt());
        json.writeStringField("hash", hash);
        json.writeNumberField("raw_from", from);
        json.writeNumberField("raw_length", record.bytes().length);
        json.writeEndObject();
    }
}
