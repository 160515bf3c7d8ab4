package dev.catchment.postgres;

import dev.catchment.postgres.connection.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema: up with Flyway, down with our own inverse of each migration, one transaction a step. */
public final class Schema {
    private static final int MOST_ATTEMPTS = 5;
    private static final String NOT_UP = "The schema is not up: %d of its steps are not applied yet, and a command that"
            + " only reads applies none. 'catchment schema up' applies them, and so does each command that writes, such"
            + " as 'run' and 'crawl'.";
    private static final String HISTORY = "flyway_schema_history";

    private final DataSource dataSource;

    /** @param version as Flyway sorts it; null for a view file, which is applied whenever it changed */
    public record Step(String version, String description, String script, String state) {}

    public Schema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes a third of a second of its own: asked only where there may be something to do or to tell. */
    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("public")
                .table(HISTORY)
                .locations("classpath:sql/schema/up", "classpath:sql/schema/views", "classpath:sql/schema/session/up")
                .validateMigrationNaming(true)
                .load();
    }

    private SchemaHistory history() {
        return new SchemaHistory(flyway());
    }

    /** What was applied is what this program brings along. */
    private static boolean isUp(List<Map<String, Object>> applied) {
        Map<String, Object> checksums = new HashMap<>();
        applied.forEach(step -> checksums.put((String) step.get("script"), step.get("checksum")));
        return checksums.equals(SchemaFiles.checksums());
    }

    /** Empty also if there is nothing to be asked yet. */
    private List<Map<String, Object>> applied() {
        try (Connection connection = dataSource.getConnection()) {
            return Statement.load("ops/list-applied-steps").rows(connection, Map.of());
        } catch (SQLException e) {
            return List.of(); // Flyway says what is wrong
        }
    }

    /** Every step, applied and pending, in order. */
    public List<Step> status() {
        return history().all();
    }

    /**
     * What {@link #up} would do.
     *
     * @throws Database.Unusable if the database was brought further by a newer program
     */
    public List<Step> pending() {
        return history().pending();
    }

    /** @throws Database.Unusable if something is pending */
    public void requireUp() {
        if (!isUp(applied())) {
            List<Step> pending = pending();
            if (!pending.isEmpty()) {
                throw new Database.Unusable(NOT_UP.formatted(pending.size()), null);
            }
        }
    }

    /**
     * What going down to a version would undo, newest first.
     *
     * @param target the version that stays; null to undo one step, 0 to undo all
     * @throws IllegalArgumentException if there is no such version
     * @throws Database.Unusable if one of the steps is unknown to this program
     */
    public List<Step> undoable(Integer target) {
        return history().undoable(target);
    }

    /**
     * Applies what is pending.
     *
     * @return how many steps that were
     * @throws Database.Unusable if a step fails; those before it stay. Also if the database was brought further by a
     *     newer program
     */
    public int up() {
        List<Map<String, Object>> steps = applied();
        if (isUp(steps) && steps.stream().noneMatch(step -> (Boolean) step.get("is_role_unset"))) {
            return 0;
        }
        Flyway flyway = flyway();
        new SchemaHistory(flyway).refuseNewer();
        int applied = migrate(flyway, MOST_ATTEMPTS);
        renewSessions();
        return applied;
    }

    /** Who writes meanwhile may be in the way of a step's locks, and it in theirs: then it was rolled back, and is taken again. */
    private static int migrate(Flyway flyway, int attempts) {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            if (attempts == 1 || !Conflict.isBeneath(e)) {
                throw SchemaFailureText.unusable("The schema could not be brought up", e);
            }
        }
        return migrate(flyway, attempts - 1);
    }

    /** The settings of a role reach a session when it begins: those that began before are replaced. */
    private void renewSessions() {
        if (!(dataSource instanceof Pool pool)) {
            return;
        }
        try (Connection connection = pool.getConnection();
                java.sql.Statement statement = connection.createStatement();
                ResultSet outdated = statement.executeQuery(read("session/open/find_outdated.sql"))) {
            if (outdated.next() && outdated.getBoolean(1)) {
                pool.renew();
            }
        } catch (SQLException e) {
            throw SchemaFailureText.unusable("The schema is up, but the database does not answer", e);
        }
    }

    /** Undoes one step and forgets that it was applied, both or neither. The views go with the step they stand on. */
    public void down(Step step) {
        boolean isLast = applied().stream()
                .map(applied -> (String) applied.get("script"))
                .filter(script -> script.startsWith("V"))
                .allMatch(step.script()::equals);
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (java.sql.Statement statement = connection.createStatement()) {
                statement.execute(sql("down", step));
                statement.execute(
                        "delete from public." + HISTORY + " where script = '" + step.script() + "' or version is null");
                if (isLast) {
                    statement.execute(read("session/down/reset_role.sql"));
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw SchemaFailureText.unusable(step.script() + " could not be undone", e);
        }
    }

    /** The SQL of a step. @param direction up or down */
    public static String sql(String direction, Step step) {
        return read((step.version() == null ? "views" : direction) + "/" + step.script());
    }

    private static String read(String file) {
        try (InputStream in = Schema.class.getResourceAsStream("/sql/schema/" + file)) {
            if (in == null) {
                throw new Database.Unusable("There is no sql/schema/%s.".formatted(file), null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
