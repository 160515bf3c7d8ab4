package dev.catchment.cli.harvest;

import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.harvest.SourceJob;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code catchment undo}. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = {
            "Brings back what a run of a source changed, as a run of its own.",
            "What it changed is as it was before, what it added is retired, what it retired or",
            "renamed is as before. Refused where later runs stand on it, with which."
        },
        footer = {"", "Example:", "  catchment undo 4711"})
public final class UndoCommand extends FlowCommand {
    @Parameters(paramLabel = "RUN", description = "The run, as 'catchment runs' lists it.")
    private long run;

    @Override
    public Integer call() {
        return runJobs(open(), Routes.of("harvest"), "harvest-job", database -> {
            List<Map<String, Object>> found = database.rows("harvest/find-undoable-run", Map.of("run", run));
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "Run %d is no run of a source that is over: 'catchment runs' lists them.".formatted(run));
            }
            return List.of(Jobs.of(SourceJob.Task.UNDO, found.get(0), run));
        });
    }
}
