package dev.catchment.cli;

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
        description = "Makes a dead or cancelled job due again.",
        footer = {"", "Examples:", "  catchment jobs retry 1f2e3d4c", "  catchment jobs retry 1f2e3d4c --force"})
final class JobsRetryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job, or the beginning of its id.")
    private String id;

    @Option(
            names = "--force",
            description = {
                "Let its file count, whatever spoke against it: other",
                "figures that are held, or their likeness."
            })
    private boolean force;

    @Override
    public Integer call() {
        return JobsCommand.change(
                spec,
                id,
                "names/update-retried-job",
                Map.of("force", force),
                "is due again",
                "is not dead: only a failed job is tried again");
    }
}
