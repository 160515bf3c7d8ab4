package dev.catchment.cli.harvest;

import dev.catchment.cli.output.AskedMoment;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Compares what a source held at two moments.",
            "Lists the datasets that were added, changed (and in what), retired, restored or",
            "renamed in between."
        },
        footer = {
            "",
            "Examples:",
            "  catchment diff --source socrata-us --from 2026-11-01 --to 2026-11-08",
            "  catchment diff --source city-of-x --from 7d --json",
            "",
            "Where nothing but the moment of modification changed, it is told with --all",
            "only. The regions of the catalogue are the sources socrata-us and socrata-eu."
        })
public final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "S", required = true, description = "Name of the source.")
    private String source;

    @Option(
            names = "--from",
            paramLabel = "T1",
            required = true,
            description = {"A day (its beginning, UTC), a time with its zone,", "or an age such as 7d."})
    private String earlier;

    @Option(names = "--to", paramLabel = "T2", description = "The same. Default: now.")
    private String later;

    @Option(
            names = "--all",
            description = {"Include datasets of which only the moment of", "modification changed."})
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object per dataset.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> asked = new HashMap<>();
        asked.put("source", source);
        asked.put("earlier", AskedMoment.of(spec, "--from", earlier));
        asked.put("later", AskedMoment.of(spec, "--to", later));
        asked.put("is_all", all);
        requireInOrder(asked);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            requireSource(database);
            List<Map<String, Object>> differences = database.rows("harvest/list-differences", asked);
            Table.print(
                    spec.commandLine().getOut(),
                    differences,
                    json,
                    "Nothing changed.%n".formatted(),
                    "change",
                    "key",
                    "old_key",
                    "title",
                    "fields",
                    "changed_at");
            if (!json && !differences.isEmpty()) {
                Map<String, Long> counts = differences.stream()
                        .collect(Collectors.groupingBy(row -> (String) row.get("change"), Collectors.counting()));
                spec.commandLine()
                        .getErr()
                        .println(counts.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(each -> each.getValue() + " " + each.getKey())
                                .collect(Collectors.joining(", ")));
            }
        }
        return ExitCode.DONE;
    }

    /** Between a later and an earlier moment nothing seems to have changed. */
    private void requireInOrder(Map<String, Object> asked) {
        Instant from = Instant.parse((String) asked.get("earlier"));
        Instant to = asked.get("later") == null ? Instant.now() : Instant.parse((String) asked.get("later"));
        if (from.isAfter(to)) {
            throw new ParameterException(
                    spec.commandLine(),
                    asked.get("later") == null
                            ? "--from %s lies in the future. Name a moment that is over.".formatted(from)
                            : "--from %s is later than --to %s. Exchange them.".formatted(from, to));
        }
    }

    private void requireSource(Database database) {
        List<Map<String, Object>> named = database.rows("harvest/find-source", Map.of("source", source));
        if (named.isEmpty() || !Boolean.TRUE.equals(named.get(0).get("is_named"))) {
            throw new IllegalArgumentException("There is no source %s.%s"
                    .formatted(
                            source,
                            named.isEmpty()
                                    ? ""
                                    : " Did you mean " + named.get(0).get("name") + "?"));
        }
    }
}
