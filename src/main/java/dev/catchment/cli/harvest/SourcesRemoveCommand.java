package dev.catchment.cli.harvest;

import dev.catchment.catalog.DiscoveryCrawls;
import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.SourceJob;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code catchment sources remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Removes a source: it is not listed and not walked any more; its name is free.",
            "Its datasets are retired, in a run of their own; their history stays, unless",
            "--purge is given."
        },
        footer = {
            "",
            "Examples:",
            "  catchment sources remove canada",
            "  catchment sources remove canada --purge   with all that was harvested of it"
        })
final class SourcesRemoveCommand extends DatasetFlowCommand {
    /** Rows of each table that one statement deletes: no lock is held for long. */
    private static final int BATCH = 5000;

    @Parameters(paramLabel = "NAME", description = "Name of the source.")
    private String name;

    @Option(
            names = "--purge",
            description = {"Delete its records, datasets and history too.", "There is no way back."})
    private boolean purge;

    @Override
    public Integer call() {
        Session session = open();
        SourceJob.Order[] order = new SourceJob.Order[1];
        int exit = runJobs(session, Routes.of("harvest"), "harvest-job", database -> {
            order[0] = order(database);
            return List.of(order[0]);
        });
        if (purge && exit == ExitCode.DONE) {
            purge(session, order[0].id());
        }
        return exit;
    }

    /** It is paused first: what is broken off leaves nothing that is walked again by itself. */
    private SourceJob.Order order(Database database) {
        Map<String, Object> source = NamedSource.find(database, name);
        if (DiscoveryCrawls.regionOf((String) source.get("name")) != null
                && "socrata-discovery".equals(source.get("kind"))) {
            throw new IllegalArgumentException(
                    "%s is a region of the catalogue and comes back with each of its crawls. To crawl it no more, leave the room catalog out of node.rooms."
                            .formatted(name));
        }
        if (Boolean.TRUE.equals(source.get("is_walked"))) {
            throw new IllegalArgumentException(
                    "%s is being walked and was not removed. Pause it, and remove it when its walk is over: 'catchment runs' shows that."
                            .formatted(name));
        }
        database.rows("harvest/update-source", Map.of("source", name, "is_active", false));
        return Jobs.of(SourceJob.Task.REMOVE, source, null);
    }

    private void purge(Session session, long source) {
        long all = 0;
        try (Database database = session.currentDatabase()) {
            for (long deleted = 1; deleted > 0; all += deleted) {
                deleted = (Long) database.rows("harvest/delete-source-rows", Map.of("source", source, "most", BATCH))
                        .get(0)
                        .get("deleted");
            }
            database.rows("harvest/delete-source", Map.of("source", source));
        }
        if (!json()) {
            spec().commandLine()
                    .getOut()
                    .println("Deleted all that was harvested of %s: %,d rows.".formatted(name, all));
            spec().commandLine().getOut().flush();
        }
    }
}
