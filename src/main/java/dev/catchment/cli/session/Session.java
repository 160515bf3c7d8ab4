package dev.catchment.cli.session;

import dev.catchment.cli.output.Logging;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** What every command starts from: the settings, the log, and the way to the database. */
public record Session(Settings settings, Map<String, String> environment, Interrupt interrupt) {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The root of the command line: what it was started with. */
    public interface Caller {
        Map<String, String> environment();

        Interrupt interrupt();
    }

    /** Reads the settings and sets the log up. @param verbose log what only a developer wants to know */
    public static Session open(CommandSpec command, boolean verbose) {
        Caller caller = (Caller) command.root().userObject();
        Map<String, String> environment = caller.environment();
        Settings settings = Settings.load(home(environment), environment);
        Logging.configure(settings.get("log.format"), verbose ? "debug" : settings.get("log.level"));
        Settings.unknown(environment)
                .forEach((variable, nearest) ->
                        LOG.warn("There is no setting {}, so it has no effect. Did you mean {}?", variable, nearest));
        return new Session(settings, environment, caller.interrupt());
    }

    /** The folder of application.properties, and of routes, kinds and statements that are edited. */
    public Path home() {
        return home(environment);
    }

    /** The folder of application.properties: where the launcher stands, else the working directory. */
    private static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("CATCHMENT_HOME", "")).toAbsolutePath();
    }

    public Session with(Map<String, String> changes) {
        return new Session(settings.with(changes), environment, interrupt);
    }

    /** The same without the operator's own database and token: the embedded one under data.dir is used. */
    public Session embedded() {
        Map<String, String> without = new HashMap<>(environment);
        without.keySet().removeAll(List.of("DATABASE_URL", "DATABASE_READ_URL", "SOCRATA_APP_TOKEN"));
        return new Session(settings, without, interrupt);
    }

    String databaseUrl() {
        return environment.get("DATABASE_URL");
    }

    public Path dataDirectory() {
        return settings.path("data.dir");
    }

    /** Of pg_dump and its kin; null for the PATH. */
    public Path toolsDirectory() {
        return settings.get("postgres.tools").isBlank() ? null : settings.path("postgres.tools");
    }

    private boolean isEmbedded() {
        return databaseUrl() == null || databaseUrl().isBlank();
    }

    /** Whether there is one to be asked, without making it. */
    public boolean hasDatabase() {
        return !isEmbedded() || Files.isDirectory(dataDirectory().resolve("postgres"));
    }

    /** The database, with the schema as it is; a signal closes it. */
    public Database database() {
        if (isEmbedded()) {
            interrupt.hold(); // a server that is being started could not be stopped
        }
        Database database = Database.open(
                databaseUrl(), dataDirectory().resolve("postgres"), settings.integer("postgres.port"), settings.pool());
        Watchdog.tell(database);
        return closedOnFailure(database, () -> interrupt.stopBy(database::close));
    }

    /** For what only reads, a dry run too: the schema has to be up, for it changes nothing. */
    public Database readDatabase() {
        Database database = database();
        return closedOnFailure(database, () -> new Schema(database.dataSource()).requireUp());
    }

    /** For what only asks, maybe after something that wrote: a replica, if there is one and it has all that the database has. */
    public Database askedDatabase() {
        Database database = readDatabase();
        String replica = environment.getOrDefault("DATABASE_READ_URL", "");
        if (!replica.isBlank() && !isEmbedded()) {
            return closedOnFailure(
                    database, () -> database.askReplica(replica, settings.duration("postgres.replica-max-lag")));
        }
        return database;
    }

    /** The database, with the schema brought up. */
    public Database currentDatabase() {
        Database database = database();
        return closedOnFailure(database, () -> {
            interrupt.hold();
            new Schema(database.dataSource()).up();
            interrupt.stopBy(database::close);
        });
    }

    /** The same for a dry run or not. */
    public Database database(boolean dryRun) {
        return dryRun ? readDatabase() : currentDatabase();
    }

    /** The same for a service, which waits for a server that is not up yet. */
    public Database serviceDatabase() {
        if (!isEmbedded()) {
            Database.awaitServer(databaseUrl());
        }
        return currentDatabase();
    }

    private static Database closedOnFailure(Database database, Runnable next) {
        try {
            next.run();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The routes on the database; a signal stops what runs. */
    public Service service(Database database, Routes routes) {
        interrupt.hold();
        Service service =
                Service.start(settings, database, environment, routes, () -> interrupt.endHere(database::close));
        try {
            interrupt.stopGentlyBy(service::stop);
            return service;
        } catch (Interrupt.Interrupted e) {
            service.close();
            throw e;
        }
    }
}
