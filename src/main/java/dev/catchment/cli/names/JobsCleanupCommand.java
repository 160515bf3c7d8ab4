package dev.catchment.cli.names;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catchment jobs cleanup}. */
@Command(
        name = "cleanup",
        mixinStandardHelpOptions = true,
        description = "Deletes jobs that ended more than 30 days ago.",
        footer = {"", "Example:", "  catchment jobs cleanup"})
final class JobsCleanupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            Map<String, Object> row =
                    database.rows("names/delete-old-jobs", Map.of()).get(0);
            spec.commandLine().getOut().println("Deleted jobs: " + row.get("deleted"));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
