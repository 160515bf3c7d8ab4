package dev.catchment.catalog.asset;

import dev.catchment.flow.walk.RecordJudge;
import java.time.Instant;
import java.util.List;

/**
 * One dataset, map, story or other asset of a portal, as its columns hold it. Null means not stated.
 *
 * <p>Source of the format: the result object of the Socrata Discovery API, {@code /api/catalog/v1}, years 2016 to
 * 2025. Strings are trimmed; an unfilled template such as {@code {{name}}} is no value.
 *
 * @param id 4x4 identifier, unique within a region
 * @param domain the portal that owns it, lower-case
 * @param host host of the permalink, else the domain
 * @param hosts all distinct hosts it names: domain, permalink, link
 * @param category the portal's own category
 * @param tags the portal's own tags
 * @param agency who publishes it, one spelling, see {@code AgencyName}
 * @param agencyKey the agency's name folded, equal for spelling variants
 * @param agencyType one word of {@code AgencyType}
 * @param permalink http or https address
 * @param link http or https address; changes when the asset is renamed
 * @param pageViews all views ever
 * @param downloadCount all downloads ever
 * @param contentHash SHA-256, see {@link AssetNormaliser#HASH}, 64 lower-case hexadecimal digits
 * @param country ISO 3166-1 alpha-2, see {@link Country}
 */
public record Asset(
        String id,
        String domain,
        String host,
        List<String> hosts,
        String name,
        String description,
        String type,
        String category,
        List<String> tags,
        String agency,
        String agencyKey,
        String agencyType,
        String attribution,
        String provenance,
        String license,
        String permalink,
        String link,
        Instant createdAt,
        Instant updatedAt,
        Instant dataUpdatedAt,
        Instant metadataUpdatedAt,
        Long pageViews,
        Long downloadCount,
        String contentHash,
        String country)
        implements RecordJudge.Good {

    /** The same under another spelling of its agency's name. */
    public Asset withAgency(String spelling) {
        return new Asset(
                id,
                domain,
                host,
                hosts,
                name,
                description,
                type,
                category,
                tags,
                spelling,
                agencyKey,
                agencyType,
                attribution,
                provenance,
                license,
                permalink,
                link,
                createdAt,
                updatedAt,
                dataUpdatedAt,
                metadataUpdatedAt,
                pageViews,
                downloadCount,
                contentHash,
                country);
    }
}
