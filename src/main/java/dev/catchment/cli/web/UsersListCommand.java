package dev.catchment.cli.web;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment users list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the people who log in to the console.")
final class UsersListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per person.")
    private boolean json;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Table.print(
                    spec.commandLine().getOut(),
                    database.rows("web/list-users", Map.of()),
                    json,
                    "Nobody can log in yet. 'catchment users create NAME' lets somebody.%n".formatted(),
                    "name role is_active created_at last_login_at".split(" "));
        }
        return ExitCode.DONE;
    }
}
