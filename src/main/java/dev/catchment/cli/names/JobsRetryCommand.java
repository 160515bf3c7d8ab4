package dev.catchment.cli.names;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment jobs retry}. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Queues a failed or cancelled job again.",
        footer = {"", "Examples:", "  catchment jobs retry 1f2e3d4c", "  catchment jobs retry 1f2e3d4c --force"})
final class JobsRetryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id of the job, or its first characters.")
    private String id;

    @Option(
            names = "--force",
            description = {
                "Let its file count even if it conflicts with figures",
                "already loaded or does not resemble them."
            })
    private boolean force;

    @Override
    public Integer call() {
        return JobsCommand.change(
                spec,
                id,
                "names/update-retried-job",
                Map.of("force", force),
                "is queued again",
                "has neither failed nor been cancelled, so it is not retried");
    }
}
