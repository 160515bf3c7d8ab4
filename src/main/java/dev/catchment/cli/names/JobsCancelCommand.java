package dev.catchment.cli.names;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment jobs cancel}. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancels a queued job.",
        footer = {"", "Example:", "  catchment jobs cancel 1f2e3d4c"})
final class JobsCancelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id of the job, or its first characters.")
    private String id;

    @Override
    public Integer call() {
        return JobsCommand.change(
                spec,
                id,
                "names/update-cancelled-job",
                Map.of(),
                "is cancelled",
                "is not queued, so it cannot be cancelled");
    }
}
