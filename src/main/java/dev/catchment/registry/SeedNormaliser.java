package dev.catchment.registry;

import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import dev.catchment.registry.file.SeedRecord;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns a record of an index file into a source or an asset. It takes the shapes that index files have: our own
 * ({@code source_key, asset_key, updated_at}), the ones of others ({@code domain, id, updatedAt, modified}), and the raw
 * results of the Discovery API ({@code resource, metadata, permalink}). What is not mapped stays in {@code raw}.
 */
final class SeedNormaliser {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

    /** Characters; a unique index of PostgreSQL holds 2,704 bytes, and no key that is one is longer. */
    private static final int LONGEST_KEY = 500;

    /** Where an asset has its key. */
    private static final List<String> KEYS = List.of("/resource/id", "/asset_key", "/id", "/dataset_id");

    /** A record without a type that has one of these is an asset, if a poor one. */
    private static final Set<String> OF_ASSETS =
            Set.of("asset_key", "id", "resource", "updated_at", "updatedAt", "modified", "description", "permalink");

    /** @throws BadRecord where it cannot be stored; says why, and which asset it was if that could be read */
    SeedItem normalise(SeedRecord record) throws BadRecord {
        try {
            return input(record);
        } catch (BadRecord bad) {
            throw bad.withKey(findKey(record.bytes()));
        }
    }

    private static String findKey(byte[] bytes) {
        return KEYS.stream()
                .map(pointer -> RecordParser.findText(pointer, bytes, 0, bytes.length))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static SeedItem input(SeedRecord record) throws BadRecord {
        if (record.tooLarge()) {
            throw new BadRecord("too-large", "The record is larger than registry.max-record; it is rejected.");
        }
        JsonFields json = new JsonFields(RecordParser.parse(record.bytes(), 0, record.bytes().length));
        return isSource(record, json) ? source(record, json) : asset(record, json);
    }

    private static boolean isSource(SeedRecord record, JsonFields json) throws BadRecord {
        if (record.kind() != null) {
            return record.kind().equals("sources");
        }
        String type = json.text("type");
        return "source".equals(type) || (type == null && OF_ASSETS.stream().noneMatch(json::has));
    }

    private static SeedItem source(SeedRecord record, JsonFields json) throws BadRecord {
        String key = sourceKey(json.first("source_key", "domain", "host", "id"));
        String url = isDomain(key) ? "https://" + key : json.text("url");
        SeedItem.Fields fields = new SeedItem.Fields(json.first("name", "title"), null, url, null);
        return new SeedItem(record, "source", key, key, isDomain(key), fields);
    }

    private static SeedItem asset(SeedRecord record, JsonFields json) throws BadRecord {
        JsonFields resource = json.object("resource");
        String key = resource.firstOr("id", json.first("asset_key", "id", "dataset_id"));
        if (key == null) {
            throw new BadRecord("no-asset-key", "The record has no asset_key (nor id); it is rejected.");
        }
        requireShort(key, "asset_key");
        String source = sourceKey(json.object("metadata").firstOr("domain", json.first("source_key", "domain")));
        String updated = resource.firstOr("updatedAt", json.first("updated_at", "updatedAt", "modified"));
        SeedItem.Fields fields = new SeedItem.Fields(
                resource.firstOr("name", json.first("name", "title")),
                resource.firstOr("description", json.text("description")),
                json.first("url", "permalink", "link", "webUrl"),
                UpdatedAt.read(updated, "updated_at"));
        return new SeedItem(record, "asset", key, source, isDomain(source), fields);
    }

    private static String sourceKey(String text) throws BadRecord {
        if (text == null) {
            throw new BadRecord("no-source-key", "The record has no source_key (nor domain); it is rejected.");
        }
        requireShort(text, "source_key");
        return text.toLowerCase(Locale.ROOT);
    }

    private static void requireShort(String key, String field) throws BadRecord {
        if (key.length() > LONGEST_KEY) {
            throw new BadRecord(
                    BadRecord.WRONG_TYPE,
                    "%s should be at most %d characters, found %d: %s; the record is rejected."
                            .formatted(field, LONGEST_KEY, key.length(), BadRecord.quote(key)));
        }
    }

    private static boolean isDomain(String key) {
        return key.length() <= 253 && DOMAIN.matcher(key).matches();
    }
}
