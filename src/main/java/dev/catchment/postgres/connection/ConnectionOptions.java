package dev.catchment.postgres.connection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options behind the question mark. JDBC and libpq (psql) name some differently, and libpq refuses a whole address
 * for one option it does not know, while the JDBC driver passes over it.
 */
final class ConnectionOptions {

    private static final String ATTRIBUTES = "target_session_attrs";

    private static final Map<String, String> LIBPQ_TO_JDBC = Map.of(
            "application_name",
            "ApplicationName",
            "connect_timeout",
            "connectTimeout",
            "channel_binding",
            "channelBinding",
            "gssencmode",
            "gssEncMode",
            "sslnegotiation",
            "sslNegotiation",
            ATTRIBUTES,
            "targetServerType");
    /** Which of several hosts is meant; a server that may be written to is a primary. */
    private static final Map<String, String> ATTRIBUTES_TO_TYPES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final Map<String, String> TYPES_TO_ATTRIBUTES = Map.of(
            "any", "any",
            "primary", "primary",
            "master", "primary",
            "preferPrimary", "any",
            "secondary", "standby",
            "slave", "standby",
            "preferSecondary", "prefer-standby",
            "preferSlave", "prefer-standby");
    private static final Map<String, String> JDBC_TO_LIBPQ =
            LIBPQ_TO_JDBC.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final Set<String> SAME_IN_BOTH =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "options");

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private ConnectionOptions() {}

    /** Reads {@code a=1&b=2}; an option named twice counts as last written. */
    static Map<String, String> parse(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                options.put(
                        PercentCode.decode(pair.substring(0, equals)), PercentCode.decode(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException("an option after the ? is not of the form name=value");
            }
        }
        if (!SSL_MODES.contains(options.getOrDefault("sslmode", "prefer"))) {
            throw new IllegalArgumentException("sslmode must be one of " + String.join(", ", SSL_MODES));
        }
        return options;
    }

    /** As a query for JDBC, with its question mark; all options, the names translated. */
    static String forJdbc(Map<String, String> options) {
        return query(options.entrySet().stream()
                .map(o -> pair(
                        LIBPQ_TO_JDBC.getOrDefault(o.getKey(), o.getKey()),
                        o.getKey().equals(ATTRIBUTES)
                                ? ATTRIBUTES_TO_TYPES.getOrDefault(o.getValue(), o.getValue())
                                : o.getValue()))
                .toList());
    }

    /** As a query for libpq, with its question mark; only the options it knows. */
    static String forLibpq(Map<String, String> options) {
        return query(options.entrySet().stream()
                .map(o -> Map.entry(JDBC_TO_LIBPQ.getOrDefault(o.getKey(), o.getKey()), o.getValue()))
                .filter(o -> SAME_IN_BOTH.contains(o.getKey()) || LIBPQ_TO_JDBC.containsKey(o.getKey()))
                .map(o -> pair(
                        o.getKey(),
                        o.getKey().equals(ATTRIBUTES)
                                ? TYPES_TO_ATTRIBUTES.getOrDefault(o.getValue(), o.getValue())
                                : o.getValue()))
                .toList());
    }

    private static String pair(String name, String value) {
        return PercentCode.encode(name) + "=" + PercentCode.encode(value);
    }

    private static String query(Collection<String> pairs) {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
