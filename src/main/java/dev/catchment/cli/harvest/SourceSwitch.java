package dev.catchment.cli.harvest;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The sources that a command pauses or resumes. */
final class SourceSwitch {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of sources.")
    private List<String> names;

    /** All of the names are looked up before one is changed. @return the exit code */
    int turn(boolean active) {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            names.forEach(name -> NamedSource.find(database, name));
            for (String name : names) {
                Map<String, Object> row = database.rows(
                                "harvest/update-source", Map.of("source", name, "is_active", active))
                        .get(0);
                spec.commandLine().getOut().println(said(row, active));
            }
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    private static String said(Map<String, Object> row, boolean active) {
        if (active) {
            return "Resumed %s.".formatted(row.get("name"));
        }
        return Boolean.TRUE.equals(row.get("is_walked"))
                ? "Paused %s; the walk that is under way goes on to its end.".formatted(row.get("name"))
                : "Paused %s.".formatted(row.get("name"));
    }
}
