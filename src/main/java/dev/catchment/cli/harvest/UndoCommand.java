package dev.catchment.cli.harvest;

import dev.catchment.catalog.UndoOrder;
import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.SourceJob;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code catchment undo}. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description = {
            "Takes back what a walk or a crawl changed, as a run of its own.",
            "What it changed is as it was before, what it added is retired, what it retired",
            "or renamed is as before. Refused where later runs stand on it, with which."
        },
        footer = {"", "Example:", "  catchment undo 4711"})
public final class UndoCommand extends DatasetFlowCommand {
    @Parameters(paramLabel = "RUN", description = "The run, as 'catchment runs' lists it.")
    private long run;

    @Override
    public Integer call() {
        Session session = open();
        String region = region(session);
        if (region != null) {
            return run(
                    session,
                    Routes.of("catalog", "http"),
                    false,
                    "catalog-undo",
                    List.of(new UndoOrder(run, region, "cli")));
        }
        return runJobs(session, Routes.of("harvest"), "harvest-job", database -> {
            return List.of(SourceJob.Order.undoing(
                    run, database.rows("harvest/find-undoable-run", Map.of("run", run)), "cli"));
        });
    }

    /** That of a crawl; null if the run is none. */
    private String region(Session session) {
        try (Database database = session.readDatabase()) {
            return database.rows("ops/list-runs", Map.of("run", run, "most", 1)).stream()
                    .filter(row -> "catalog".equals(row.get("room")) && "crawl".equals(row.get("flow")))
                    .map(row -> (String) row.get("scope"))
                    .findFirst()
                    .orElse(null);
        }
    }
}
