package dev.catchment.cli.policy;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment policy list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists sources and their state.",
        footer = {
            "",
            "Examples:",
            "  catchment policy list --country GB",
            "  catchment policy list --failing",
            "",
            "ok; never: not checked yet; candidate: a changed text, or a short first one,",
            "waits for a second fetch to confirm it; held: it has to stay longer, or to be",
            "accepted (flapping: seen before, recently; unsteady: different at each fetch;",
            "foreign: shares almost nothing with the last version; language: written in",
            "another language);",
            "failing(3): failed three times in a row; inactive: not watched."
        })
final class PolicyListCommand implements Callable<Integer> {
    private static final String[] LISTED =
            "name country visa_type check_frequency last_checked_at next_check_at versions state error".split(" ");

    @Spec
    private CommandSpec spec;

    @Option(names = "--country", paramLabel = "C", description = "Only this country. Default: all.")
    private String country;

    @Option(names = "--failing", description = "Only sources that fail or have a text on hold.")
    private boolean failing;

    @Option(names = "--json", description = "Print one JSON object per source.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> asked = new HashMap<>();
        asked.put("country", country);
        asked.put("is_failing", failing);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> sources = database.rows("policy/list-sources", asked);
            if (!json) {
                sources.forEach(PolicyListCommand::shorten);
            }
            Table.print(spec.commandLine().getOut(), sources, json, nothing(), LISTED);
        }
        return ExitCode.DONE;
    }

    private String nothing() {
        if (failing) {
            return "No source fails.%n".formatted();
        }
        return (country == null
                        ? "There is no source yet. 'catchment policy import' adds sources.%n"
                        : "No such source. 'catchment policy list' lists all.%n")
                .formatted();
    }

    private static void shorten(Map<String, Object> source) {
        if ("failing".equals(source.get("state"))) {
            source.put("state", "failing(%s)".formatted(source.get("failures_in_a_row")));
        }
        source.put("error", Objects.requireNonNullElse(source.get("last_error_code"), ""));
        if (Objects.equals(source.get("state"), "held")) {
            source.put("error", source.get("candidate_reason"));
        }
    }
}
