package dev.catchment.cli.harvest;

import dev.catchment.catalog.AppliedCrawl;
import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.AppliedPlan;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code catchment apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Does exactly what a plan showed, as a run of its own. Nothing is fetched.",
            "Refused, and nothing written, if what the source holds moved since the plan was",
            "made. A plan whose applying was interrupted can be applied again."
        },
        footer = {"", "Example:", "  catchment apply 7c9e6679-7425-40de-944b-e07fc1f90ae7"})
public final class ApplyCommand extends DatasetFlowCommand {
    @Parameters(paramLabel = "PLAN", description = "The plan, by its id or the beginning of its hash.")
    private String plan;

    @Override
    public Integer call() {
        Session session = open();
        boolean isCrawl;
        try (Database database = session.readDatabase()) {
            isCrawl = database.rows("harvest/find-plan", Map.of("plan", plan)).isEmpty()
                    && !database.rows("catalog/find-plan", Map.of("plan", plan)).isEmpty();
        }
        return isCrawl
                ? runJobs(
                        session,
                        Routes.of("catalog", "http"),
                        "catalog-apply",
                        database -> List.of(AppliedCrawl.Order.of(
                                plan, database.rows("catalog/find-plan", Map.of("plan", plan)), "cli")))
                : runJobs(
                        session,
                        Routes.of("harvest"),
                        "harvest-apply",
                        database -> List.of(AppliedPlan.Order.of(
                                plan, database.rows("harvest/find-plan", Map.of("plan", plan)), "cli")));
    }
}
