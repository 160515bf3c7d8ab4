package dev.catchment.cli.harvest;

import dev.catchment.cli.output.Progress;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
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
            "Walks a source, and shows what would be added, changed, restored, renamed and",
            "retired, without doing it. 'catchment apply' does exactly that.",
            "With --json: one object per change, and the summary of the run as the last."
        },
        footer = {"", "Example:", "  catchment plan --source city-of-x"})
public final class PlanCommand extends FlowCommand {
    /** What has no raw records in the room harvest: the regions of the catalogue. */
    private static final String CATALOGUE = "socrata-discovery";

    @Option(names = "--source", paramLabel = "S", required = true, description = "Name of the source.")
    private String source;

    @Override
    public Integer call() {
        Session session = open();
        List<Map<String, Object>> told = new ArrayList<>();
        try (Database database = session.currentDatabase()) {
            requirePlannable(NamedSource.find(database, source));
            try (Service service = session.service(database, Routes.of("harvest"));
                    Progress progress = Progress.of(service.running())) {
                service.askRows("harvest-walk", HarvestOrder.planning("cli", source, told::add));
            }
        }
        if (told.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s could not be planned now: another process walks it. Try again once it is done."
                            .formatted(source));
        }
        print(told.get(0));
        return ExitCode.of(told.get(0).get("status"));
    }

    private static void requirePlannable(Map<String, Object> row) {
        if (CATALOGUE.equals(row.get("kind"))) {
            throw new IllegalArgumentException(
                    "%s is a region of the catalogue, which cannot be planned: 'catchment crawl --dry-run' shows what would change."
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
