package dev.catchment.cli.harvest;

import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.harvest.SourceJob;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code catchment harvest split}. */
@Command(
        name = "split",
        mixinStandardHelpOptions = true,
        description = {
            "Undoes a rename: two datasets that were taken for one.",
            "The dataset gets its old key and record back; the record of the new key gets a",
            "dataset of its own with the next walk."
        },
        footer = {"", "Example:", "  catchment harvest split 17 --source city-of-x"})
final class HarvestSplitCommand extends DatasetFlowCommand {
    @Parameters(paramLabel = "RENAME", description = "The id of the rename in harvest.renames.")
    private long rename;

    @Option(names = "--source", paramLabel = "N", required = true, description = "The source.")
    private String source;

    @Override
    public Integer call() {
        return runJobs(
                open(),
                Routes.of("harvest"),
                "harvest-job",
                database -> List.of(Jobs.of(SourceJob.Task.SPLIT, database, source, rename)));
    }
}
