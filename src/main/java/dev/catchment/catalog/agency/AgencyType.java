package dev.catchment.catalog.agency;

import dev.catchment.flow.field.ResourceLines;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of body an agency is, one word of a closed vocabulary: {@code police, fire, school, university, court,
 * library, hospital}; {@code department, ministry, commission, authority, board, council, agency, office, bureau,
 * division, administration, institute}; {@code county, municipality, state}; and, where Colombia's portal states the
 * order of a body, {@code national, territorial}. Null where unsure.
 *
 * <p>Words are whole words in English, Spanish, French, Italian or Catalan, listed in {@code catalog/agency-types.txt}.
 * A trade (police, school, …) goes before a form (department, office, …), and of several forms the first in the name
 * counts: "Office of Policy, Department of Health" is an office. A place (County of Marin) counts when there is
 * neither, and then says whose body it is: a county's, a municipality's, a state's or province's.
 */
public final class AgencyType {

    private static final Map<String, Pattern> TRADES = new LinkedHashMap<>();
    private static final Map<String, Pattern> FORMS = new LinkedHashMap<>();
    private static final Map<String, Pattern> PLACES = new LinkedHashMap<>();
    /** Bodies that watch over the police or pay its pensions are not the police. */
    private static final Pattern OVERSEER = words("commission|board|pensions?|complaints?|accountability|review"
            + "|oversight|foundation|association|retirement");

    static {
        for (String line : ResourceLines.of("/catalog/agency-types.txt")) {
            String[] parts = line.split("\\s+", 3);
            group(parts[0]).put(parts[1], words(parts[2]));
        }
    }

    private AgencyType() {}

    /** The type in an agency's name; null where the name does not tell, and for null. */
    public static String of(String name) {
        if (name == null) {
            return null;
        }
        String text = name.toLowerCase(Locale.ROOT).replace('’', '\'');
        String trade = OVERSEER.matcher(text).find() ? null : earliest(TRADES, text);
        String form = trade != null ? trade : earliest(FORMS, text);
        return form != null ? form : earliest(PLACES, text);
    }

    /** The type Colombia's portal states in the field Orden; null for any other word. */
    static String ofOrden(String orden) {
        return switch (orden.toLowerCase(Locale.ROOT)) {
            case "nacional" -> "national";
            case "territorial" -> "territorial";
            default -> null;
        };
    }

    private static String earliest(Map<String, Pattern> types, String text) {
        String first = null;
        int at = Integer.MAX_VALUE;
        for (Map.Entry<String, Pattern> type : types.entrySet()) {
            Matcher matcher = type.getValue().matcher(text);
            if (matcher.find() && matcher.start() < at) {
                at = matcher.start();
                first = type.getKey();
            }
        }
        return first;
    }

    private static Map<String, Pattern> group(String name) {
        return switch (name) {
            case "trade" -> TRADES;
            case "form" -> FORMS;
            case "place" -> PLACES;
            default -> throw new IllegalStateException("agency-types.txt: group is trade, form or place, not " + name);
        };
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}\\p{N}])");
    }
}
