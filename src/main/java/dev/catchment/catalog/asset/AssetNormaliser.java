package dev.catchment.catalog.asset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.catalog.agency.Agencies;
import dev.catchment.catalog.agency.Agency;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import dev.catchment.flow.field.RecordFields;
import dev.catchment.flow.hash.ContentHash;
import dev.catchment.flow.hash.HashRules;
import dev.catchment.text.FourByFour;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns one result object of the Discovery API into an {@link Asset}. Safe for use by many threads.
 *
 * <p>Old and new shapes are legal (2016 to 2025): {@code parent_fxf} null, list or string, {@code domain_metadata}
 * {@code []} or {@code {}}, no creator, no page views, keys nobody has seen yet.
 */
public final class AssetNormaliser {

    /** Bytes. The index over tags takes no longer one; what is longer is no tag, and stays in raw. */
    private static final int LONGEST_TAG = 1000;

    /**
     * Of what counts as content. Views and downloads change with every crawl. The server shuffles columns, tags, categories
     * and the pairs of the portal's metadata, where a key may occur twice: 8,236 of 8,305 observed "changes" were nothing
     * else. In 2016 {@code parent_fxf} was a string.
     */
    public static final ContentHash HASH = new ContentHash(HashRules.of(
            within(List.of("", "/resource", "/classification"), "page_views", "view_count", "download_count", "score"),
            within(
                    List.of("/resource", "/classification"),
                    "categories",
                    "tags",
                    "domain_tags",
                    "domain_metadata",
                    "domain_private_metadata",
                    "parent_fxf"),
            within(List.of("/resource", "/classification"), "columns_")));

    private final Agencies agencies = new Agencies();
    private final Country countries;

    /** Derives countries from domain names alone. */
    public AssetNormaliser() {
        this(Country.rules());
    }

    /** Derives countries with the given rules and operator's list. */
    public AssetNormaliser(Country countries) {
        this.countries = countries;
    }

    /**
     * Reads the result object in {@code bytes[offset, offset + length)}, UTF-8.
     *
     * @throws BadRecord where it cannot be stored; says why, and which asset it was if that could be read
     */
    public Asset normalise(byte[] bytes, int offset, int length) throws BadRecord {
        try {
            return asset(RecordParser.parse(bytes, offset, length));
        } catch (BadRecord bad) {
            throw bad.withKey(RecordParser.findText("/resource/id", bytes, offset, length));
        }
    }

    private Asset asset(JsonNode result) throws BadRecord {
        RecordFields root = new RecordFields(result, "");
        RecordFields resource = root.object("resource");
        RecordFields classification = root.object("classification");
        String id = id(resource);
        RecordFields metadata = root.object("metadata");
        Addresses places = Addresses.of(metadata.text("domain"), root.text("permalink"), root.text("link"));
        String name = name(resource);
        String attribution = resource.text("attribution");
        Agency agency = agencies.of(places.domain(), classification.pairs("domain_metadata"), attribution);
        Instant updatedAt = resource.moment("updatedAt");
        return new Asset(
                id,
                places.domain(),
                places.host(),
                places.hosts(),
                name,
                resource.text("description"),
                resource.text("type"),
                classification.text("domain_category"),
                tags(classification),
                agency.name(),
                agency.key(),
                agency.type(),
                attribution,
                resource.text("provenance"),
                metadata.text("license"),
                places.permalink(),
                places.link(),
                resource.moment("createdAt"),
                updatedAt,
                resource.moment("data_updated_at"),
                resource.moment("metadata_updated_at"),
                pageViews(resource),
                resource.count("download_count"),
                HASH.of(result),
                countries.of(places.domain()));
    }

    private static String id(RecordFields resource) throws BadRecord {
        String id = resource.text("id");
        if (id == null) {
            throw new BadRecord(BadRecord.NO_ID, "The record has no resource.id; it is rejected.");
        }
        if (!FourByFour.is(id)) {
            throw new BadRecord(
                    BadRecord.BAD_ID,
                    "resource.id should look like wppx-73fm, found " + BadRecord.quote(id)
                            + "; the record is rejected.");
        }
        return id;
    }

    private static String name(RecordFields resource) throws BadRecord {
        String name = resource.text("name");
        if (name == null) {
            throw new BadRecord(
                    BadRecord.NO_NAME,
                    "resource.name is absent, blank or an unfilled template; the record is rejected.");
        }
        return name;
    }

    private static List<String> tags(RecordFields classification) throws BadRecord {
        return classification.texts("domain_tags").stream()
                .filter(tag -> tag.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TAG)
                .toList();
    }

    /** {@code page_views.page_views_total}; in 2016 the field was {@code view_count}, also as a plain number. */
    private static Long pageViews(RecordFields resource) throws BadRecord {
        if (resource.isNumber("view_count")) {
            return resource.count("view_count");
        }
        Long total = resource.object("page_views").count("page_views_total");
        return total != null ? total : resource.object("view_count").count("page_views_total");
    }

    private static List<String> within(List<String> objects, String... keys) {
        return objects.stream()
                .flatMap(object -> Stream.of(keys).map(key -> object + "/" + key))
                .toList();
    }
}
