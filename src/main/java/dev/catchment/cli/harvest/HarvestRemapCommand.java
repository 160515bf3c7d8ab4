package dev.catchment.cli.harvest;

import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.harvest.SourceJob;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code catchment harvest remap}. */
@Command(
        name = "remap",
        mixinStandardHelpOptions = true,
        description = {
            "Maps the held records of a source, or of all sources of a kind, anew.",
            "For a mapping in kinds/<kind>.sql that was changed. Asks no source. What reads",
            "otherwise now is kept as a technical version, which no feed shows."
        },
        footer = {"", "Example:", "  catchment harvest remap --kind ckan"})
final class HarvestRemapCommand extends DatasetFlowCommand {
    @Option(names = "--source", paramLabel = "N", description = "The source.")
    private String source;

    @Option(names = "--kind", paramLabel = "K", description = "All sources of this kind.")
    private String kind;

    @Override
    public Integer call() {
        if (source == null == (kind == null)) {
            throw new ParameterException(spec().commandLine(), "Use either --source or --kind.");
        }
        return runJobs(
                open(),
                Routes.of("harvest"),
                "harvest-job",
                database -> source != null
                        ? List.of(Jobs.of(SourceJob.Task.REMAP, database, source, null))
                        : Jobs.ofKind(SourceJob.Task.REMAP, database, kind));
    }
}
