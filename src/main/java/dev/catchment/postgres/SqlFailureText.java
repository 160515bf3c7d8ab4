package dev.catchment.postgres;

import dev.catchment.postgres.connection.DatabaseUrl;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/** What a server or the driver said, in our words: what is wrong and what to do. Nothing here holds a password. */
final class SqlFailureText {
    /** A value that is not allowed, and a parameter that does not exist. */
    private static final Set<String> WRONG_OPTION = Set.of("22023", "42704");

    private static final String CORRECT = " in DATABASE_URL.";

    private SqlFailureText() {}

    /**
     * Why there is no connection: the database is at fault, or DATABASE_URL, whose options the driver or the server
     * does not understand.
     *
     * @param failure of the pool or the driver
     */
    static RuntimeException unusable(DatabaseUrl url, SQLException failure) {
        SQLException root = root(failure);
        if (WRONG_OPTION.contains(String.valueOf(root.getSQLState()))) {
            return new IllegalArgumentException(
                    "DATABASE_URL cannot be used: %s. Correct its options, after the ?.".formatted(line(root)));
        }
        return new Database.Unusable("No connection to %s: %s".formatted(url, reason(url, root)), failure);
    }

    private static String reason(DatabaseUrl url, SQLException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownHostException) {
            return "the host is not known. Correct its name" + CORRECT;
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "%s accepts no connections (%s). Start the server, or correct host and port"
                            .formatted(url.hosts(), line(cause))
                    + CORRECT;
        }
        return cause instanceof SocketTimeoutException
                ? url.hosts() + " does not answer. Check the network, or correct host and port" + CORRECT
                : refusal(url, failure, line(failure));
    }

    private static String refusal(DatabaseUrl url, SQLException failure, String said) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "28P01" -> "the password of user " + url.user() + " is wrong. Correct user and password" + CORRECT;
            case "28000", "08004" ->
                "the server rejected user %s (%s). Correct user, password and options".formatted(url.user(), said)
                        + CORRECT;
            case "3D000" ->
                "there is no database " + url.database() + " on that server. Create it, or name another" + CORRECT;
            case "42501" -> "user %s may not connect (%s). Grant it.".formatted(url.user(), said);
            case "53300" ->
                "the server has no free connections (%s). Close some, or raise max_connections.".formatted(said);
            default -> said + ". Is the server up, and is DATABASE_URL right?";
        };
    }

    /** That the disk of a server of one's own is full, in one sentence. @param next what comes once there is room */
    static String diskFull(DatabaseUrl url, Throwable failure, String next) {
        return "The disk of the database server %s is full (%s): what was committed is safe; make room on it, and %s."
                .formatted(url.hosts(), line(root(failure)), next);
    }

    /** The first exception that the driver threw; around it are those of the pool and of Flyway. */
    static SQLException root(Throwable failure) {
        SQLException found = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            found = each instanceof SQLException sql ? sql : found;
        }
        return found;
    }

    /** The first line of what was said, without its rank and its full stop. */
    static String line(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("^(ERROR|FATAL|PANIC): ", "")
                        .replaceFirst("[.\\s]+$", "");
    }

    /** Whether the server said one of these anywhere beneath a failure. @param states SQLSTATEs */
    static boolean hasState(Throwable failure, Set<String> states) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql && states.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
