package dev.catchment.registry;

import dev.catchment.registry.file.SeedRecord;
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

    /** What {@code registry/upsert-batch} takes of it. @param from where its bytes begin among the raw ones, from 1 */
    Row row(String hash, int from) {
        return new Row(
                record.index(),
                kind,
                record.position(),
                key,
                sourceKey,
                isImplied,
                fields.name,
                fields.description,
                fields.url,
                fields.updatedAt,
                hash,
                from,
                record.bytes().length);
    }

    /** An element of the parameter {@code records}, in snake case. */
    record Row(
            long index,
            String kind,
            String position,
            String key,
            String sourceKey,
            boolean isImplied,
            String name,
            String description,
            String url,
            String updatedAt,
            String hash,
            int rawFrom,
            int rawLength) {}
}
