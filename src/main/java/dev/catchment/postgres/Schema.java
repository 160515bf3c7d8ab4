package dev.catchment.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** The schema: up with Flyway, down with our own inverse of each migration, one transaction a step. */
public final class Schema {
    private static final String HISTORY = "flyway_schema_history";

    private final DataSource dataSource;
    private final Flyway flyway;

    /** @param version as Flyway sorts it; null for a view file, which is applied whenever it changed */
    public record Step(String version, String description, String script, String state) {}

    public Schema(DataSource dataSource) {
        this.dataSource = dataSource;
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("public")
                .table(HISTORY)
                .locations("classpath:sql/schema/up", "classpath:sql/schema/views")
                .validateMigrationNaming(true)
                .load();
    }

    /** Every step, applied and pending, in order. */
    public List<Step> status() {
        return Arrays.stream(flyway.info().all()).map(Schema::step).toList();
    }

    /** What {@link #up} would do. */
    public List<Step> pending() {
        return Arrays.stream(flyway.info().pending()).map(Schema::step).toList();
    }

    /**
     * Applies what is pending.
     *
     * @return how many steps that were
     * @throws Database.Unusable if a step fails; those before it stay
     */
    public int up() {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new Database.Unusable("The schema could not be brought up: " + e.getMessage(), e);
        }
    }

    /**
     * What going down to a version would undo, newest first.
     *
     * @param target the version that stays; null to undo one step, 0 to undo all
     */
    public List<Step> undoable(Integer target) {
        List<MigrationInfo> applied = new ArrayList<>(Arrays.stream(
                        flyway.info().applied())
                .filter(info -> info.getVersion() != null && info.getScript().startsWith("V"))
                .sorted(Comparator.comparing(MigrationInfo::getVersion).reversed())
                .toList());
        if (target == null) {
            return applied.stream().limit(1).map(Schema::step).toList();
        }
        return applied.stream()
                .filter(info -> info.getVersion().getMajor().intValue() > target)
                .map(Schema::step)
                .toList();
    }

    /** Undoes one step and forgets that it was applied, both or neither. The views go with the step they stand on. */
    public void down(Step step) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (java.sql.Statement statement = connection.createStatement()) {
                statement.execute(sql("down", step));
                statement.execute(
                        "delete from public." + HISTORY + " where script = '" + step.script() + "' or version is null");
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new Database.Unusable("%s could not be undone: %s".formatted(step.script(), e.getMessage()), e);
        }
    }

    /** The SQL of a step. @param direction up or down */
    public static String sql(String direction, Step step) {
        String folder = step.version() == null ? "views" : direction;
        try (InputStream in = Schema.class.getResourceAsStream("/sql/schema/" + folder + "/" + step.script())) {
            if (in == null) {
                throw new Database.Unusable("There is no sql/schema/%s/%s.".formatted(folder, step.script()), null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step step(MigrationInfo info) {
        String version = info.getVersion() == null ? null : info.getVersion().getVersion();
        return new Step(
                version,
                info.getDescription(),
                info.getScript(),
                info.getState().getDisplayName());
    }
}
