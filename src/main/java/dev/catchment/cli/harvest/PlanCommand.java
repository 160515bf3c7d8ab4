package dev.catchment.cli.harvest;

import dev.catchment.catalog.DiscoveryCrawls;
import dev.catchment.cli.output.Progress;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.harvest.HarvestOrder;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catchment plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Walks a source and shows what would change, without changing it.",
            "That is: which datasets would be added, changed, restored, renamed and retired.",
            "'catchment apply' does exactly that.",
            "With --json: one object per change, and the summary of the run as the last."
        },
        footer = {
            "",
            "Examples:",
            "  catchment plan --source city-of-x",
            "  catchment plan --source socrata-us",
            "",
            "The regions of the catalogue are the sources socrata-us and socrata-eu."
        })
public final class PlanCommand extends FlowCommand {
    /** The kind that the room catalog walks. */
    private static final String CATALOGUE = "socrata-discovery";

    @Option(names = "--source", paramLabel = "S", required = true, description = "Name of the source.")
    private String source;

    @Override
    public Integer call() {
        Session session = open();
        try (Database database = session.currentDatabase()) {
            String region = region(database);
            Map<String, Object> told = region == null ? walked(session, database) : crawled(session, database, region);
            print(told);
            return ExitCode.of(told.get("status"));
        } catch (ScopeBusy e) {
            throw busy();
        }
    }

    /** That of the catalogue, if the source is one; it stands among the sources once it was crawled. */
    private String region(Database database) {
        String region = DiscoveryCrawls.regionOf(source);
        boolean isNamed = database.rows("harvest/find-source", Map.of("source", source)).stream()
                .anyMatch(row -> Boolean.TRUE.equals(row.get("is_named")) && !CATALOGUE.equals(row.get("kind")));
        return isNamed ? null : region;
    }

    private Map<String, Object> walked(Session session, Database database) {
        requirePlannable(NamedSource.find(database, source));
        List<Map<String, Object>> told = new ArrayList<>();
        try (Service service = session.service(database, Routes.of("harvest"));
                Progress progress = Progress.of(service.running())) {
            service.askRows("harvest-walk", HarvestOrder.planning("cli", source, told::add));
        }
        if (told.isEmpty()) {
            throw busy();
        }
        return told.get(0);
    }

    private static Map<String, Object> crawled(Session session, Database database, String region) {
        try (Service service = session.service(database, Routes.of("catalog", "http"));
                Progress progress = Progress.of(service.running())) {
            return service.ask("catalog-plan", DiscoveryCrawls.planning(region, "cli"));
        }
    }

    private ScopeBusy busy() {
        return new ScopeBusy(
                "%s could not be planned now: another process walks it. Try again once it is done.".formatted(source));
    }

    private static void requirePlannable(Map<String, Object> row) {
        if (CATALOGUE.equals(row.get("kind"))) {
            throw new IllegalArgumentException(
                    "%s is of the kind that the catalogue walks, and of no region of it: plan socrata-us or socrata-eu."
                            .formatted(row.get("name")));
        }
    }

    @SuppressWarnings("unchecked")
    private void print(Map<String, Object> told) {
        PrintWriter out = spec().commandLine().getOut();
        for (Map<String, Object> change : (List<Map<String, Object>>) told.getOrDefault("changes", List.of())) {
            out.println(json() ? Summary.write(change) : text(change));
        }
        out.println(json() ? Summary.json(told) : Summary.text(told));
        out.flush();
    }

    @SuppressWarnings("unchecked")
    private static String text(Map<String, Object> change) {
        List<Map<String, Object>> samples = (List<Map<String, Object>>) change.get("samples");
        long more = ((Number) change.get("datasets")).longValue() - samples.size();
        return "%s: %,d%n%s%s"
                .formatted(
                        change.get("change"),
                        change.get("datasets"),
                        samples.stream().map(PlanCommand::sample).collect(Collectors.joining(System.lineSeparator())),
                        more == 0 ? "" : "%n  and %,d more".formatted(more));
    }

    private static String sample(Map<String, Object> dataset) {
        Object to = dataset.get("new_key");
        return "  %s%s  %s"
                .formatted(dataset.get("key"), to == null ? "" : " -> " + to, dataset.getOrDefault("title", ""));
    }
}
