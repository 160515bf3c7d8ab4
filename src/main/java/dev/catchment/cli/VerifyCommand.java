package dev.catchment.cli;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.policy.PolicyCheck;
import dev.catchment.cli.registry.RegistryCheck;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks that nothing was lost; exits with 1 on a difference.",
        footer = {"", "Example:", "  catchment verify catalog"})
final class VerifyCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "catalog",
            mixinStandardHelpOptions = true,
            description = {
                "Compares what the last complete crawl saw with what the database holds.",
                "Does so for each region and names every difference."
            },
            footer = {"", "Example:", "  catchment verify catalog && echo nothing was lost"})
    int catalog(@Option(names = "--json", description = "Print one JSON object per difference.") boolean json) {
        Function<Database, String> held = database -> {
            Map<String, Object> row =
                    database.rows("catalog/count-catalog", Map.of()).get(0);
            return "The catalogue holds %,d datasets of %,d domains, and %,d retired ones."
                    .formatted(row.get("datasets"), row.get("domains"), row.get("retired"));
        };
        return verify("catalog/verify-catalog", held, json, "region", "difference", "key", "detail");
    }

    @Command(
            name = "registry",
            mixinStandardHelpOptions = true,
            description = {
                "Reconciles the registry with the last index file.",
                "Reads the file again, counts the records that are missing, and prints a few",
                "assets at random."
            },
            footer = {"", "Example:", "  catchment verify registry && echo nothing was lost"})
    int registry(
            @Option(names = "--index", paramLabel = "PATH", description = "Check against this file, not the last one.")
                    Path index,
            @Option(names = "--json", description = "Print one JSON object per difference.") boolean json) {
        Session session = Session.open(spec, false);
        try (Database database = session.readDatabase();
                Service service = session.service(database, Routes.of("registry"))) {
            return new RegistryCheck(database, service, spec.commandLine().getOut(), json).run(index);
        }
    }

    @Command(
            name = "names",
            mixinStandardHelpOptions = true,
            description = {
                "Reconciles the figures with the totals of each file.",
                "Does so for each file, year and gender, and checks that the statistics are the",
                "sum of the figures."
            },
            footer = {"", "Example:", "  catchment verify names && echo nothing was lost"})
    int names(@Option(names = "--json", description = "Print one JSON object per difference.") boolean json) {
        Function<Database, String> held = database -> {
            Map<String, Object> row =
                    database.rows("names/count-names", Map.of()).get(0);
            return "%,d figures for %,d babies, from %,d files of %,d sources."
                    .formatted(row.get("figures"), row.get("births"), row.get("datasets"), row.get("sources"));
        };
        return verify("names/verify-names", held, json, "difference", "source", "key", "detail");
    }

    @Command(
            name = "policy",
            mixinStandardHelpOptions = true,
            description = {
                "Checks that no version of a policy was altered, added or removed.",
                "Recomputes every hash of the chain, compares each snapshot with its hash, and",
                "applies each diff."
            },
            footer = {"", "Example:", "  catchment verify policy && echo as it was written"})
    int policy(@Option(names = "--json", description = "Print one JSON object per difference.") boolean json) {
        Function<Database, String> held = database -> {
            Map<String, Object> row =
                    database.rows("policy/count-policy", Map.of()).get(0);
            long waiting = ((Number) row.get("held")).longValue();
            return "%,d versions of %,d sources are consistent, with %,d changes and %,d snapshots.%s"
                    .formatted(
                            row.get("versions"),
                            row.get("sources_with_versions"),
                            row.get("changes"),
                            row.get("snapshots"),
                            waiting == 0
                                    ? ""
                                    : " %,d sources have a text on hold: 'catchment policy list --failing'."
                                            .formatted(waiting));
        };
        return verify(database -> new PolicyCheck(database).run(), held, json, "difference", "source", "key", "detail");
    }

    @Command(
            name = "harvest",
            mixinStandardHelpOptions = true,
            description = {
                "Compares what the last complete walk of each source saw with what is held.",
                "Checks that the versions of each dataset follow one another without a gap, and",
                "that each dataset is what the mapping of its kind makes of its record."
            },
            footer = {"", "Example:", "  catchment verify harvest && echo nothing was lost"})
    int harvest(@Option(names = "--json", description = "Print one JSON object per difference.") boolean json) {
        Function<Database, String> held = database -> {
            Map<String, Object> row =
                    database.rows("harvest/count-harvest", Map.of()).get(0);
            return "The harvest holds %,d datasets of %,d sources, %,d retired ones and %,d states before."
                    .formatted(row.get("datasets"), row.get("sources"), row.get("retired"), row.get("versions"));
        };
        return verify("harvest/verify-harvest", held, json, "source", "difference", "key", "detail");
    }

    private int verify(String statement, Function<Database, String> held, boolean json, String... columns) {
        return verify(database -> database.rows(statement, Map.of()), held, json, columns);
    }

    /** @param held says what is held, where nothing differs */
    private int verify(
            Function<Database, List<Map<String, Object>>> check,
            Function<Database, String> held,
            boolean json,
            String... columns) {
        try (Database database = Session.open(spec, false).readDatabase()) {
            List<Map<String, Object>> differences = check.apply(database);
            String nothing = differences.isEmpty() ? "No difference. %s%n".formatted(held.apply(database)) : "";
            Table.print(spec.commandLine().getOut(), differences, json, nothing, columns);
            return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
