package dev.catchment.cli.postgres;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Migrates the schema up or down, one transaction per step.",
        footer = {
            "",
            "Examples:",
            "  catchment schema status",
            "  catchment schema up --dry-run --show-sql   show the SQL, change nothing",
            "  catchment schema down                      undo the last step and its data",
            "  catchment schema down --to 1               undo every step after step 1",
            "  catchment schema down --all --yes          undo everything, without asking"
        })
public final class SchemaCommand {
    @Spec
    private CommandSpec spec;

    private static final class Look {
        @Option(names = "--dry-run", description = "Print what would be done, but change nothing.")
        private boolean dryRun;

        @Option(names = "--show-sql", description = "Print the SQL of each step.")
        private boolean showSql;
    }

    @Command(name = "up", mixinStandardHelpOptions = true, description = "Applies pending steps, if there are any.")
    int up(@ArgGroup(exclusive = false) Look look) {
        try (Database database = Session.open(spec, false).database()) {
            Schema schema = new Schema(database.dataSource());
            List<Schema.Step> pending = schema.pending();
            show(pending, "up", look);
            boolean dry = look != null && look.dryRun;
            int applied = dry ? 0 : schema.up();
            say(
                    dry
                            ? "%s would be applied.".formatted(steps(pending.size()))
                            : applied == 0 ? "The schema is up to date." : "Applied %s.".formatted(steps(applied)));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description = {
                "Undoes the last step, WITH THE DATA IN IT; --to and --all undo more.",
                "Asks for confirmation on a terminal; elsewhere needs --yes."
            })
    int down(
            @Option(names = "--to", paramLabel = "N", description = "Last step to keep.") Integer to,
            @Option(names = "--all", description = "Undo every step.") boolean all,
            @Option(names = "--yes", description = "Do not ask for confirmation.") boolean yes,
            @ArgGroup(exclusive = false) Look look) {
        if (to != null && (all || to < 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--to takes the number of a step and cannot be combined with --all.");
        }
        try (Database database = Session.open(spec, false).database()) {
            Schema schema = new Schema(database.dataSource());
            List<Schema.Step> steps = schema.undoable(all ? Integer.valueOf(0) : to);
            show(steps, "down", look);
            if (look != null && look.dryRun) {
                say("%s would be undone.".formatted(steps(steps.size())));
            } else if (steps.isEmpty()) {
                say("There is nothing to undo.");
            } else if (yes || isMeant(steps.size(), database.url().toString())) {
                steps.forEach(schema::down);
                say("Undid %s.".formatted(steps(steps.size())));
            } else {
                say("Nothing was undone.");
                return ExitCode.FAILED;
            }
        }
        return ExitCode.DONE;
    }

    /** Asks on a terminal. */
    private boolean isMeant(int steps, String database) {
        Console terminal = System.console();
        if (terminal == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing was undone: it would delete the data in %s, and there is no terminal to ask on. Give --yes."
                            .formatted(steps(steps)));
        }
        return "yes"
                .equals(terminal.readLine(
                        "This undoes %s and DELETES THE DATA in them, in%n%s.%nType yes to continue: ",
                        steps(steps), database));
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Lists all steps and whether they are applied.")
    int status() {
        try (Database database = Session.open(spec, false).database()) {
            new Schema(database.dataSource()).status().forEach(step -> say(line(step) + "  " + step.state()));
        }
        return ExitCode.DONE;
    }

    private void show(List<Schema.Step> steps, String direction, Look look) {
        for (Schema.Step step : steps) {
            say("%-4s  %s".formatted(direction, line(step)));
            if (look != null && look.showSql) {
                say(Schema.sql(direction, step));
            }
        }
    }

    private static String steps(int number) {
        return number == 1 ? "1 step" : number + " steps";
    }

    private static String line(Schema.Step step) {
        return "%-5s  %-30s".formatted(step.version() == null ? "view" : step.version(), step.description());
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
