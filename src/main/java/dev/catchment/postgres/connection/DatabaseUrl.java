package dev.catchment.postgres.connection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where a PostgreSQL database is and who asks for it, all decoded.
 *
 * @param hosts one or more {@code host:port}, with commas between
 * @param password empty if there is none
 * @param options what follows the question mark, as {@code sslmode}, without user and password
 */
public record DatabaseUrl(String hosts, String database, String user, String password, Map<String, String> options) {
    /** The name of the database in the server that we bring along. */
    public static final String OURS = "catchment";

    private static final String JDBC = "jdbc:postgresql://";
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://", JDBC);
    private static final String FORMS = ". Write postgresql://user:password@host:5432/database?sslmode=require"
            + " (special characters in user and password percent-encoded; postgres:// is the same)"
            + " or jdbc:postgresql://host:5432/database?user=…&password=…";

    public DatabaseUrl {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    public static DatabaseUrl local(int port, String user, String password) {
        return new DatabaseUrl("127.0.0.1:" + port, OURS, user, password, Map.of());
    }

    /**
     * Reads what DATABASE_URL may hold, in the forms of libpq and of JDBC. What is missing is as with both of them:
     * host localhost, port 5432, the user of the operating system, a database named like the user.
     *
     * @throws IllegalArgumentException saying what is wrong and what is allowed, with nothing of the value in it
     */
    public static DatabaseUrl parse(String value) {
        return parse("DATABASE_URL", value);
    }

    /** @param variable that holds it */
    public static DatabaseUrl parse(String variable, String value) {
        try {
            String text = value == null ? "" : value.strip();
            String scheme = SCHEMES.stream()
                    .filter(s -> text.regionMatches(true, 0, s, 0, s.length()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            text.isEmpty() ? "it is empty" : "it does not begin with a known scheme"));
            return parse(text.substring(scheme.length()), scheme.equals(JDBC));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variable + " cannot be read: " + e.getMessage() + FORMS);
        }
    }

    private static DatabaseUrl parse(String rest, boolean jdbc) {
        String[] parts = rest.split("\\?", 2);
        String[] address = parts[0].split("/", 2);
        String database = address.length < 2 ? "" : address[1];
        String query = parts.length < 2 ? "" : parts[1];
        // JDBC decodes its options as forms are, where a plus is a blank.
        Map<String, String> options = ConnectionOptions.parse(jdbc ? query.replace("+", "%20") : query);
        if (database.matches(".*[/@].*") || options.containsKey("host") || options.containsKey("port")) {
            throw new IllegalArgumentException("host, port and database must stand between // and ?"
                    + " (if the password holds an @, / or ?, percent-encode it)");
        }
        if ((address.length == 2 || options.containsKey("dbname"))
                && either(database, options.get("dbname"), "").isBlank()) {
            throw new IllegalArgumentException("the name of the database, after the host and /, is empty");
        }
        return of(address[0], PercentCode.decode(database), options);
    }

    private static DatabaseUrl of(String authority, String database, Map<String, String> options) {
        int at = authority.lastIndexOf('@');
        String[] login = (at < 0 ? "" : authority.substring(0, at)).split(":", 2);
        String user = either(options.remove("user"), PercentCode.decode(login[0]), System.getProperty("user.name"));
        String password = either(options.remove("password"), login.length < 2 ? "" : PercentCode.decode(login[1]), "");
        String name = either(database, options.remove("dbname"), user);
        return new DatabaseUrl(HostList.parse(authority.substring(at + 1)), name, user, password, options);
    }

    private static String either(String first, String second, String otherwise) {
        if (first != null && !first.isEmpty()) {
            return first;
        }
        return second != null && !second.isEmpty() ? second : otherwise;
    }

    public DatabaseUrl withDatabase(String other) {
        return new DatabaseUrl(hosts, other, user, password, options);
    }

    /** Each of its hosts by itself, whatever that one is among them. */
    public List<DatabaseUrl> each() {
        Map<String, String> rest = new LinkedHashMap<>(options);
        rest.remove("targetServerType");
        rest.remove("target_session_attrs");
        return Stream.of(hosts.split(","))
                .map(host -> new DatabaseUrl(host, database, user, password, rest))
                .toList();
    }

    /** For the JDBC driver; without user and password, which go to it apart. */
    public String jdbcUrl() {
        return JDBC + hosts + "/" + PercentCode.encode(database) + ConnectionOptions.forJdbc(options);
    }

    /** For psql and its kin, with user and password: a secret. Options that only JDBC knows are left out. */
    public String connectionUrl() {
        String login = PercentCode.encode(user) + (password.isEmpty() ? "" : ":" + PercentCode.encode(password));
        return "postgresql://" + login + "@" + hosts + "/" + PercentCode.encode(database)
                + ConnectionOptions.forLibpq(options);
    }

    /** For a program whose command line others can see: without any password. */
    public String connectionUrlWithoutSecrets() {
        Map<String, String> open = new LinkedHashMap<>(options);
        open.remove("sslpassword");
        return new DatabaseUrl(hosts, database, user, "", open).connectionUrl();
    }

    /** Host, database and user: what may be shown. Options may hold secrets. */
    @Override
    public String toString() {
        return "postgresql://" + PercentCode.encode(user) + "@" + hosts + "/" + PercentCode.encode(database);
    }
}
