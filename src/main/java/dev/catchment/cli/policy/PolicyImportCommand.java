package dev.catchment.cli.policy;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.policy.source.SourceFile;
import dev.catchment.policy.source.SourceProblem;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Imports sources from a YAML or CSV file.",
            "Checks the whole file first: if anything is wrong, lists all problems and writes",
            "nothing. A source is identified by its name. If its page or rules changed, it is",
            "due at once; sources that the file does not name stay as they are."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy import --dry-run sources.yaml",
            "  catchment policy import docs/examples/policy-sources.yaml",
            "",
            "A source in YAML; country is where it applies, origin is whom it concerns:",
            "  - name: GB Visit visa",
            "    country: GB",
            "    visa_type: visit",
            "    url: https://www.gov.uk/standard-visitor",
            "    fetch_type: html              # or pdf",
            "    check_frequency: custom       # daily (default), weekly or custom",
            "    is_active: true               # default",
            "    metadata:",
            "      cron: 0 30 6 ? * MON-FRI    # only for custom: Quartz, seconds first",
            "      zone: Europe/London         # default UTC",
            "      origin: IN                  # default any country",
            "      rules:",
            "        content: ['#guide-contents']        # selectors; default the whole page",
            "        drop: ['.gem-c-related-navigation'] # selectors",
            "        ignore: ['^Last updated: .*']       # patterns left out of the hash",
            "        minimum_share: 0.2        # of the last text; less means an error page",
            "",
            "In CSV each of these is a column; each line of a cell in content, drop or ignore",
            "is one selector or pattern."
        })
final class PolicyImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "File whose name ends in .yaml, .yml or .csv.")
    private Path file;

    @Option(names = "--dry-run", description = "Print what would be done, but write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object per source, or per problem.")
    private boolean json;

    @Override
    public Integer call() {
        Session session = Session.open(spec, false);
        SourceFile sources = SourceFile.read(file);
        if (!sources.problems().isEmpty()) {
            return refuse(sources.problems());
        }
        try (Database database = session.database(dryRun)) {
            List<Map<String, Object>> rows =
                    database.rows("policy/upsert-sources", Map.of("sources", sources.json(), "dry_run", dryRun));
            List<SourceProblem> held = rows.stream()
                    .filter(row -> row.get("held_as") != null)
                    .map(row -> sources.held((Integer) row.get("entry"), (String) row.get("held_as")))
                    .toList();
            return held.isEmpty() ? report(rows) : refuse(held);
        }
    }

    private int refuse(List<SourceProblem> problems) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            problems.forEach(problem -> out.println(Summary.write(problem.row())));
            out.flush();
        }
        String number = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        err.printf("catchment: %s in %s; nothing was imported.%n", number, file);
        problems.forEach(problem -> err.println("  " + problem));
        err.flush();
        return ExitCode.USAGE;
    }

    private int report(List<Map<String, Object>> rows) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Table.print(out, rows, true, "");
            return ExitCode.DONE;
        }
        List<Map<String, Object>> changed = rows.stream()
                .filter(row -> !"unchanged".equals(row.get("outcome")))
                .toList();
        Table.print(out, changed, false, "", "outcome", "is_due", "name");
        out.printf(
                "%s: added %,d, updated %,d, unchanged %,d; due at once %,d.%n",
                dryRun ? "Dry run, nothing was written" : "Imported",
                count(rows, "outcome", "added"),
                count(rows, "outcome", "updated"),
                count(rows, "outcome", "unchanged"),
                count(rows, "is_due", true));
        out.flush();
        return ExitCode.DONE;
    }

    private static long count(List<Map<String, Object>> rows, String field, Object value) {
        return rows.stream().filter(row -> value.equals(row.get(field))).count();
    }
}
