package dev.catchment.cli.policy;

import dev.catchment.text.IsoCountry;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The route of a subscription, as options. */
final class PolicyRouteOptions {
    private static final String LETTERS = "[!-~&&[^@<>,;]]+";
    private static final String ADDRESS = LETTERS + "@" + LETTERS + "\\." + LETTERS;

    @Option(names = "--origin", paramLabel = "C", description = "Country of origin, such as AF. Default: any.")
    private String origin;

    @Option(
            names = "--destination",
            paramLabel = "C",
            description = "Country of destination, such as GB. Default: any.")
    private String destination;

    @Option(names = "--visa-type", paramLabel = "T", description = "Visa type, such as Student. Default: any.")
    private String visaType;

    boolean isGiven() {
        return origin != null || destination != null || visaType != null;
    }

    /** The parameters origin, destination and visa_type of a statement. */
    Map<String, Object> parameters(CommandSpec spec) {
        checkCountry(spec, "--origin", origin);
        checkCountry(spec, "--destination", destination);
        if (visaType != null && !visaType.strip().matches("\\P{Cntrl}{1,50}")) {
            throw new ParameterException(spec.commandLine(), "--visa-type takes 1 to 50 characters on one line.");
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("origin", origin);
        parameters.put("destination", destination);
        parameters.put("visa_type", visaType == null ? null : visaType.strip());
        return parameters;
    }

    private static void checkCountry(CommandSpec spec, String option, String country) {
        if (country != null && !IsoCountry.is(country.toUpperCase(Locale.ROOT))) {
            throw new ParameterException(
                    spec.commandLine(), option + " takes a two-letter country code of ISO 3166-1, such as GB.");
        }
    }

    static boolean isAddress(String text) {
        return text.strip().matches(ADDRESS) && text.length() <= 255;
    }

    static void checkAddress(CommandSpec spec, String email) {
        if (!isAddress(email)) {
            throw new ParameterException(
                    spec.commandLine(), email + " is not an email address such as me@example.org.");
        }
    }
}
