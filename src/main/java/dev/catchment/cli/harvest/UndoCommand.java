package dev.catchment.cli.harvest;

import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.UndoOrder;
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
            "Undoes a walk of a source or a crawl of the catalogue: what it changed is as it",
            "was before, what it added is retired. That is a run of its own, and what it takes",
            "back stays in the history. Refused where later runs changed the same datasets."
        },
        footer = {
            "",
            "Example:",
            "  catchment undo 42        the number is that of 'catchment runs'",
            "",
            "The next walk brings back what the source still serves."
        })
public final class UndoCommand extends FlowCommand {
    @Parameters(paramLabel = "RUN", description = "Number of the run.")
    private long run;

    @Override
    public Integer call() {
        Session session = open();
        UndoOrder order;
        try (Database database = session.readDatabase()) {
            order = order(database);
        }
        return run(session, Routes.of("harvest"), false, "harvest-undo", List.of(order));
    }

    /** As the service does: to be found by search, and compared, at once. */
    @Override
    protected void afterwards(Database database) {
        database.rows("harvest/merge-search-documents", Map.of());
    }

    private UndoOrder order(Database database) {
        List<Map<String, Object>> runs = database.rows("ops/list-runs", Map.of("run", run, "most", 1));
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("There is no run %d. 'catchment runs' lists them.".formatted(run));
        }
        String room = (String) runs.get(0).get("room");
        String flow = (String) runs.get(0).get("flow");
        String scope = (String) runs.get(0).get("scope");
        if (room.equals("catalog") && flow.equals("crawl")) {
            return new UndoOrder(run, room, flow, scope, null);
        }
        if (!room.equals("harvest") || !flow.equals("walk")) {
            throw new IllegalArgumentException(
                    "Run %d is %s/%s: only walks of sources and crawls of the catalogue can be undone."
                            .formatted(run, room, flow));
        }
        List<Map<String, Object>> named = database.rows("harvest/find-source", Map.of("source", scope));
        if (named.isEmpty() || !Boolean.TRUE.equals(named.get(0).get("is_named"))) {
            throw new IllegalArgumentException("The source %s of run %d was removed.".formatted(scope, run));
        }
        return new UndoOrder(run, room, flow, scope, named.get(0).get("source_id"));
    }
}
