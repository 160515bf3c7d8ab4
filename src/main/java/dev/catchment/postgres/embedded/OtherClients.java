package dev.catchment.postgres.embedded;

import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.connection.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Who else is connected to an embedded server: a psql, say, that 'catchment url' was printed for. */
final class OtherClients {
    private static final Statement COUNT = Statement.load("ops/count-clients");
    /** A connection that was just closed is still counted for a moment. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final String TOO_MANY = "53300";

    private OtherClients() {}

    /** How many there are, and stay; none if the server cannot be asked. */
    static long count(DatabaseUrl url) {
        WaitLimit deadline = WaitLimit.in(PATIENCE);
        long clients = ask(url);
        while (clients > 0 && !deadline.isOver()) {
            WaitLimit.rest();
            clients = ask(url);
        }
        return clients;
    }

    private static long ask(DatabaseUrl url) {
        try (Connection connection = ServerDatabase.connect(url)) {
            return (long) COUNT.rows(connection, Map.of()).get(0).get("clients");
        } catch (SQLException e) {
            return TOO_MANY.equals(e.getSQLState()) ? 1 : 0;
        }
    }
}
