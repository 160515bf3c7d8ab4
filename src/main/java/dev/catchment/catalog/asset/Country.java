package dev.catchment.catalog.asset;

import dev.catchment.flow.field.ResourceLines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The country of a portal, ISO 3166-1 alpha-2, by its domain name. The API states none, and its region says nothing:
 * the US region holds Australian, Canadian and Colombian portals.
 *
 * <p>An operator's list wins; then the longest suffix in {@code catalog/country-suffixes.txt}; a domain matched by
 * neither (com, org, net, eu, int, every {@code *.socrata.com}) has no known country.
 */
public final class Country {

    private static final Map<String, String> SUFFIXES = suffixes();

    private final Map<String, Optional<String>> listed;

    private Country(Map<String, Optional<String>> listed) {
        this.listed = listed;
    }

    /** Knows domain names alone. */
    public static Country rules() {
        return new Country(Map.of());
    }

    /**
     * Knows domain names and an operator's list, see {@link CountryFile}. Null means no list.
     *
     * @throws IllegalArgumentException where the list is not there or holds what is not allowed; says file and line
     */
    public static Country from(Path file) {
        return file == null ? rules() : new Country(CountryFile.read(file));
    }

    /** The country of a lower-case domain, or null where it is not known or not one. */
    public String of(String domain) {
        Optional<String> known = listed.get(domain);
        return known != null ? known.orElse(null) : bySuffix(domain);
    }

    private static String bySuffix(String domain) {
        for (String rest = domain; !rest.isEmpty(); rest = rest.substring(rest.indexOf('.') + 1)) {
            String country = SUFFIXES.get(rest);
            if (country != null) {
                return country;
            }
            if (rest.indexOf('.') < 0) {
                return null;
            }
        }
        return null;
    }

    private static Map<String, String> suffixes() {
        Map<String, String> suffixes = new HashMap<>();
        for (String line : ResourceLines.of("/catalog/country-suffixes.txt")) {
            String[] parts = line.split("\\s+");
            for (int i = 1; i < parts.length; i++) {
                suffixes.put(parts[i], parts[0]);
            }
        }
        return suffixes;
    }
}
