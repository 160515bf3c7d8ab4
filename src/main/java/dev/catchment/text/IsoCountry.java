package dev.catchment.text;

import java.util.Locale;
import java.util.Set;

/** The codes of ISO 3166-1 alpha-2, in capitals. */
public final class IsoCountry {
    private static final Set<String> CODES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    private IsoCountry() {}

    public static boolean is(String code) {
        return CODES.contains(code);
    }
}
