package dev.catchment.postgres.connection;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code host:port,host:port}; a host may be an IPv6 address in brackets. */
final class HostList {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[\\w.-]*)(?::(.*))?");
    private static final String PORT = "5432";
    private static final int LAST_PORT = 65535;

    private HostList() {}

    /** With every host and port written out. */
    static String parse(String text) {
        return Arrays.stream(text.split(",", -1)).map(HostList::parseOne).collect(Collectors.joining(","));
    }

    private static String parseOne(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new IllegalArgumentException("the host is not a name or an address"
                    + " (if the password holds an @, / or ?, percent-encode it)");
        }
        String port = host.group(2) == null || host.group(2).isEmpty() ? PORT : host.group(2);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > LAST_PORT) {
            throw new IllegalArgumentException("the port is not a number from 1 to 65535"
                    + " (if the password holds an @, / or ?, percent-encode it)");
        }
        return (host.group(1).isEmpty() ? "localhost" : host.group(1)) + ":" + port;
    }
}
