package dev.catchment.cli.postgres;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catchment url}. */
@Command(
        name = "url",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the connection URL of the database in use, INCLUDING THE PASSWORD.",
            "Starts the embedded server if needed and leaves it running. The next command",
            "that ends as its last user stops it, unless another client is connected."
        },
        footer = {"", "Example:", "  psql \"$(./catchment url)\" -c 'select * from catalog.portals limit 5'"})
public final class UrlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Database database = Session.open(spec, false).database();
        spec.commandLine().getOut().println(database.url().connectionUrl());
        database.leave();
        return ExitCode.DONE;
    }
}
