package dev.catchment.cli;

import dev.catchment.cli.output.AskedMoment;
import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment runs}. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Shows the ledger: the latest runs, or one run with its pages and rejects.",
        footer = {
            "",
            "Examples:",
            "  catchment runs",
            "  catchment runs --wide                      all counts; more than 80 columns",
            "  catchment runs 42                          one run, its pages and rejects",
            "  catchment runs --room harvest --failed --since 7d",
            "",
            "running? marks a run that sent no heartbeat within ops.lease: its process is",
            "dead or cannot reach the database. The next crawl of its region resumes it."
        })
final class RunsCommand implements Callable<Integer> {
    private static final int WIDTH = 80;
    private static final String[] LISTED = "run room flow scope status seen started_at".split(" ");
    private static final String[] WIDE =
            "run room flow scope mode status seen added updated unchanged retired restored rejected seconds started_at"
                    .split(" ");
    private static final String[] PAGES =
            "sequence requested_at status attempts milliseconds bytes records first_key last_key".split(" ");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Run to show in detail.")
    private Long id;

    @Option(names = "--room", paramLabel = "R", description = "Only runs of this room, such as catalog.")
    private String room;

    @Option(names = "--failed", description = "Only runs that failed.")
    private boolean failed;

    @Option(
            names = "--since",
            paramLabel = "T",
            description = {"Only runs that began since: a day, a time with its", "zone, or an age such as 7d."})
    private String since;

    @Mixin
    private RowLimit limit = new RowLimit();

    @Option(names = "--wide", description = "Print all counts; wider than 80 columns.")
    private boolean wide;

    @Option(
            names = "--json",
            description = {"Print one JSON object per run on standard output, and", "nothing else."})
    private boolean json;

    @Override
    public Integer call() {
        int rows = limit.rows();
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> which = which(rows);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> runs = database.rows("ops/list-runs", which);
            if (id != null && runs.isEmpty()) {
                throw new IllegalArgumentException("No run %d. 'catchment runs' lists the latest.".formatted(id));
            }
            print(out, database, runs);
            out.flush();
        }
        return ExitCode.DONE;
    }

    private Map<String, Object> which(int rows) {
        if (id != null && (room != null || failed || since != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--room, --failed and --since list runs; they cannot be combined with an ID.");
        }
        Map<String, Object> which = new HashMap<>(Map.of("most", id == null ? rows : 1, "failed", failed));
        which.put("run", id);
        which.put("room", room);
        which.put("since", AskedMoment.of(spec, "--since", since));
        return which;
    }

    private void print(PrintWriter out, Database database, List<Map<String, Object>> runs) {
        if (id != null) {
            show(out, runs.get(0), rows(database, "ops/list-requests"), rows(database, "ops/count-rejects"));
        } else if (json) {
            runs.forEach(run -> out.println(Summary.write(run)));
        } else if (runs.isEmpty()) {
            out.println(
                    room == null && !failed && since == null
                            ? "The ledger is empty: nothing has run yet."
                            : "There is no such run.");
        } else {
            runs.forEach(RunsCommand::doubt);
            out.print(wide ? Table.of(runs, WIDE) : Table.fitted(runs, WIDTH, List.of("scope", "flow"), LISTED));
        }
    }

    private List<Map<String, Object>> rows(Database database, String statement) {
        return database.rows(statement, Map.of("run", id));
    }

    /** A run that says it is running, though nothing was heard of it for a minute. */
    private static void doubt(Map<String, Object> run) {
        if (Boolean.TRUE.equals(run.get("is_stale"))) {
            run.put("status", run.get("status") + "?");
        }
    }

    private void show(
            PrintWriter out,
            Map<String, Object> run,
            List<Map<String, Object>> requests,
            List<Map<String, Object>> rejects) {
        if (json) {
            run.put("requests", requests);
            run.put("rejects", rejects);
            out.println(Summary.write(run));
            return;
        }
        doubt(run);
        run.forEach((field, value) -> out.println("%-16s %s"
                .formatted(field, Objects.toString(Moments.plain(value), ""))
                .stripTrailing()));
        out.println();
        out.print(Table.of(requests, PAGES));
        if (!rejects.isEmpty()) {
            out.println();
            out.print(Table.of(rejects, "reason", "rejects", "first_position", "example_key", "example"));
        }
    }
}
