package dev.catchment.cli.names;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment names restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restores the figures of an earlier release.",
            "The figures that had replaced them no longer count, but are kept."
        },
        footer = {"", "Example:", "  catchment names restore 1f2e3d4c"})
final class RestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "Id of a dataset, or its first characters.")
    private String dataset;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            List<Map<String, Object>> rows = database.rows("names/update-restored-dataset", Map.of("dataset", dataset));
            if (rows.isEmpty()) {
                throw new IllegalArgumentException(
                        "No release %s, or more than one. 'catchment names releases' lists them.".formatted(dataset));
            }
            database.rows("names/refresh-statistics", Map.of("wait", true));
            Map<String, Object> row = rows.get(0);
            spec.commandLine()
                    .getOut()
                    .println(
                            "Restored %,d figures of %,d years and genders; %,d figures that had replaced them no longer count."
                                    .formatted(row.get("restored"), row.get("slices"), row.get("replaced")));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
