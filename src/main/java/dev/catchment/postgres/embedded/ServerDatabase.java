package dev.catchment.postgres.embedded;

import dev.catchment.postgres.connection.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;

/** Asks a server whether it takes connections, and gives it our database when it has none. */
public final class ServerDatabase {
    private static final String TIMEOUT_SECONDS = "10";
    private static final String NO_SUCH_DATABASE = "3D000";
    /** Refused, broken off, starting or stopping: another moment it may go. */
    private static final Set<String> NOT_NOW = Set.of("08001", "08006", "57P01", "57P02", "57P03");

    private ServerDatabase() {}

    /**
     * False if the server is not ready yet.
     *
     * @throws EmbeddedServerException if it will never let us in
     */
    static boolean isReady(DatabaseUrl url, ServerDirectory directory) {
        try {
            connect(url).close();
            return true;
        } catch (SQLException e) {
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                create(url);
                return true;
            }
            if (isPassing(e)) {
                return false;
            }
            throw new EmbeddedServerException(
                    "The embedded PostgreSQL in " + directory.root()
                            + " is up but rejects the connection: " + e.getMessage()
                            + ". If the password is wrong, put the right "
                            + directory.password() + " back.",
                    e);
        }
    }

    /** Whether another moment it may go. */
    public static boolean isPassing(SQLException failure) {
        return NOT_NOW.contains(failure.getSQLState());
    }

    /** The one SQL outside a file: it runs before there is a database that statement files could speak to. */
    private static void create(DatabaseUrl url) {
        try (Connection connection = connect(url.withDatabase("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + DatabaseUrl.OURS);
        } catch (SQLException e) {
            throw new EmbeddedServerException(
                    "The embedded PostgreSQL could not create the database " + DatabaseUrl.OURS + ": " + e.getMessage(),
                    e);
        }
    }

    public static Connection connect(DatabaseUrl url) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", url.user());
        login.setProperty("password", url.password());
        login.setProperty("loginTimeout", TIMEOUT_SECONDS);
        return DriverManager.getConnection(url.jdbcUrl(), login);
    }
}
