package dev.catchment.cli;

import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** What every command starts from: the settings, the log, and the way to the database. */
public record Session(Settings settings, Map<String, String> environment) {
    /** Reads the settings and sets the log up. @param verbose log what only a developer wants to know */
    static Session open(CommandSpec command, boolean verbose) {
        Map<String, String> environment = ((Catchment) command.root().userObject()).environment();
        Settings settings = Settings.load(home(environment), environment);
        Logging.configure(settings.get("log.format"), verbose ? "debug" : settings.get("log.level"));
        return new Session(settings, environment);
    }

    /** The folder of application.properties: where the launcher stands, else the working directory. */
    private static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("CATCHMENT_HOME", "")).toAbsolutePath();
    }

    Session with(Map<String, String> changes) {
        return new Session(settings.with(changes), environment);
    }

    /** The same without the operator's own database: the embedded one under data.dir is used. */
    Session embedded() {
        Map<String, String> without = new HashMap<>(environment);
        without.remove("DATABASE_URL");
        return new Session(settings, without);
    }

    String token() {
        return environment.get("SOCRATA_APP_TOKEN");
    }

    String databaseUrl() {
        return environment.get("DATABASE_URL");
    }

    Path dataDirectory() {
        return settings.path("data.dir");
    }

    /** Of pg_dump and its kin; null for the PATH. */
    Path toolsDirectory() {
        return settings.get("postgres.tools").isBlank() ? null : settings.path("postgres.tools");
    }

    /** The database, with the schema as it is. */
    Database database() {
        return Database.open(
                databaseUrl(), dataDirectory().resolve("postgres"), settings.integer("postgres.port"), settings.pool());
    }

    /** The database with the schema up: a dry run finds it so, for it writes nothing, not even the schema. */
    Database database(boolean dryRun) {
        return dryRun ? unchangedDatabase() : currentDatabase();
    }

    private Database unchangedDatabase() {
        Database database = database();
        if (!new Schema(database.dataSource()).pending().isEmpty()) {
            database.close();
            throw new IllegalArgumentException("A dry run compares with what is held, and the schema is not up."
                    + " Run 'catchment schema up' first: a dry run writes nothing, not even that.");
        }
        return database;
    }

    /** The database, with the schema brought up. */
    Database currentDatabase() {
        Database database = database();
        try {
            new Schema(database.dataSource()).up();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
