package dev.catchment.cli.harvest;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment sources list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists sources and how they are doing.",
        footer = {
            "",
            "Examples:",
            "  catchment sources list --kind ckan",
            "  catchment sources list --health failing",
            "  catchment sources list --json | jq -r 'select(.is_active) | .name'",
            "",
            "ok; never: not walked yet; partial: not proven complete; flapping: records go",
            "and come back; failing: the last walks failed; dead: ten or more in a row",
            "failed. 'sources show' says why. A paused source has no next walk."
        })
final class SourcesListCommand implements Callable<Integer> {
    private static final List<String> HEALTHS = List.of("ok", "failing", "partial", "flapping", "dead", "never");
    private static final String[] LISTED = "name kind country health records next_walk title".split(" ");
    private static final int WIDTH = 120;

    @Spec
    private CommandSpec spec;

    @Option(names = "--kind", paramLabel = "K", description = "Only sources of this kind.")
    private String kind;

    @Option(
            names = "--health",
            paramLabel = "H",
            description = {"Only sources that are ok, failing, partial, flapping, dead", "or never."})
    private String health;

    @Option(names = "--active", description = "Only sources that are not paused.")
    private boolean active;

    @Option(names = "--json", description = "Print one JSON object per source.")
    private boolean json;

    @Override
    public Integer call() {
        if (health != null && !HEALTHS.contains(health)) {
            throw new ParameterException(
                    spec.commandLine(), "--health takes one of " + String.join(", ", HEALTHS) + ".");
        }
        Map<String, Object> asked = new HashMap<>();
        asked.put("kind", kind);
        asked.put("health", health);
        asked.put("is_active", active ? true : null);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> sources = database.rows("harvest/list-sources", asked);
            if (json || sources.isEmpty()) {
                Table.print(spec.commandLine().getOut(), sources, json, nothing());
            } else {
                sources.forEach(SourcesListCommand::shorten);
                spec.commandLine().getOut().print(Table.fitted(sources, WIDTH, List.of("title", "name"), LISTED));
                spec.commandLine().getOut().flush();
            }
        }
        return ExitCode.DONE;
    }

    private String nothing() {
        return (kind == null && health == null && !active
                        ? "There is no source yet. 'catchment sources add' and 'import' add sources.%n"
                        : "No such source. 'catchment sources list' lists all.%n")
                .formatted();
    }

    private static void shorten(Map<String, Object> source) {
        if ("failing".equals(source.get("health"))) {
            source.put("health", "failing(%s)".formatted(source.get("failures")));
        }
        source.put("next_walk", Boolean.TRUE.equals(source.get("is_walked")) ? "now" : source.get("due_at"));
        if (!Boolean.TRUE.equals(source.get("is_active"))) {
            source.put("next_walk", "paused");
        }
    }
}
