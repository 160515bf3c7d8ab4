package dev.catchment.cli;

import dev.catchment.policy.SourceFile;
import dev.catchment.policy.SourceProblem;
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
            "Imports sources from a file, YAML or CSV.",
            "All of it is looked at first: if anything is wrong, everything that is wrong is",
            "said, and nothing is written. A source is known by its name. One whose page or",
            "rules changed is due at once; one that the file does not name stays as it is."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy import --dry-run sources.yaml",
            "  catchment policy import docs/examples/policy-sources.yaml",
            "",
            "A source in YAML; country is where it applies, origin whom it concerns:",
            "  - name: GB Visit visa",
            "    country: GB",
            "    visa_type: visit",
            "    url: https://www.gov.uk/standard-visitor",
            "    fetch_type: html              # or pdf",
            "    check_frequency: custom       # or daily (if nothing is said), weekly",
            "    is_active: true               # if nothing is said",
            "    metadata:",
            "      cron: 0 30 6 ? * MON-FRI    # of custom alone: Quartz, seconds first",
            "      zone: Europe/London         # UTC if nothing is said",
            "      origin: IN                  # anybody if nothing is said",
            "      rules:",
            "        content: ['#guide-contents']        # selectors; else the whole page",
            "        drop: ['.gem-c-related-navigation'] # selectors",
            "        ignore: ['^Last updated: .*']       # patterns left out of the hash",
            "        minimum_share: 0.2        # of the last text; less is an error page",
            "",
            "In CSV each of these is a column; in content, drop and ignore each line of a",
            "cell is one selector or pattern."
        })
final class PolicyImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Its name ends with .yaml, .yml or .csv.")
    private Path file;

    @Option(names = "--dry-run", description = "Say what would be done and write nothing.")
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
                dryRun ? "A dry run, nothing was written" : "Imported",
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
