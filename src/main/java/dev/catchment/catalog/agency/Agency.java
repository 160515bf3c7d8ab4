package dev.catchment.catalog.agency;

/**
 * Who publishes an asset.
 *
 * @param name one spelling, for people; null where unsure
 * @param key the name folded, equal for spelling variants; null where unsure
 * @param type one word of {@link AgencyType}; null where unsure
 */
public record Agency(String name, String key, String type) {

    /** Nobody known. */
    public static final Agency UNKNOWN = new Agency(null, null, null);

    static Agency of(AgencyName name) {
        return new Agency(name.display(), name.key(), AgencyType.of(name.display()));
    }

    Agency withType(String stated) {
        return stated == null ? this : new Agency(name, key, stated);
    }
}
