package dev.catchment.cli.webhooks;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.webhooks.Webhooks;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The webhook that a command is about. */
final class NamedWebhook {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of a webhook.")
    private String name;

    String name() {
        return name;
    }

    /** Runs a statement on it. @param said what is said then, with the name @return the exit code */
    int change(String statement, String said) {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            if (database.rows(statement, Map.of("webhook", name)).isEmpty()) {
                throw new ParameterException(spec.commandLine(), Webhooks.unknown(name));
            }
        }
        spec.commandLine().getOut().println(said.formatted(name));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}
