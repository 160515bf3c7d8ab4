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

/** {@code catchment keys list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the API keys, without their secrets.")
final class KeysListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per key.")
    private boolean json;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Table.print(
                    spec.commandLine().getOut(),
                    database.rows("web/list-keys", Map.of()),
                    json,
                    "There is no key yet. 'catchment keys create NAME' makes one.%n".formatted(),
                    "id name role state created_at last_used_at expires_at".split(" "));
        }
        return ExitCode.DONE;
    }
}
