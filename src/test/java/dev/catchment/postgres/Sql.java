package dev.catchment.postgres;

import dev.catchment.postgres.connection.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement over a connection of its own. */
public final class Sql {

    private Sql() {}

    public static String ask(DatabaseUrl url, String sql) {
        try (Connection connection = connect(url, url.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void execute(DatabaseUrl url, String sql) {
        try (Connection connection = connect(url, url.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Connection connect(DatabaseUrl url, String password) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), password);
    }
}
