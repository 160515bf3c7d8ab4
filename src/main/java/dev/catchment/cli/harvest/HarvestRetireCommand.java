package dev.catchment.cli.harvest;

import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.harvest.SourceJob;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catchment harvest retire}. */
@Command(
        name = "retire",
        mixinStandardHelpOptions = true,
        description = {
            "Decides on a retirement that was held back because too much would have gone.",
            "Confirmed, what has not been seen since is retired; dismissed, nothing is."
        },
        footer = {"", "Example:", "  catchment harvest retire --source city-of-x --confirm"})
final class HarvestRetireCommand extends DatasetFlowCommand {
    @Option(names = "--source", paramLabel = "N", required = true, description = "The source.")
    private String source;

    @ArgGroup(multiplicity = "1")
    private Decision decision;

    private static final class Decision {
        @Option(names = "--confirm", required = true, description = "Retire what was held back.")
        private boolean confirm;

        @Option(
                names = "--dismiss",
                required = true,
                description = "Retire nothing; it has to be missed as often again.")
        private boolean dismiss;
    }

    @Override
    public Integer call() {
        SourceJob.Task task = decision.confirm ? SourceJob.Task.CONFIRM : SourceJob.Task.DISMISS;
        return runJobs(
                open(),
                Routes.of("harvest"),
                "harvest-job",
                database -> List.of(Jobs.of(task, database, source, null)));
    }
}
