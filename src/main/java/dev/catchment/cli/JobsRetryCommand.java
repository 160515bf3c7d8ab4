package dev.catchment.cli;

import dev.catchment.postgres.Database;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment jobs retry}. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Makes a dead or cancelled job due again.",
        footer = {"", "Example:", "  catchment jobs retry 1f2e3d4c"})
final class JobsRetryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job, or the beginning of its id.")
    private String id;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            String job = JobsCommand.one(database, id).get("job").toString();
            if (database.rows("names/update-retried-job", Map.of("job", job)).isEmpty()) {
                throw new IllegalArgumentException(
                        "Job %s is not dead: only a failed job is tried again.".formatted(job));
            }
            spec.commandLine().getOut().println("Job %s is due again.".formatted(job));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
