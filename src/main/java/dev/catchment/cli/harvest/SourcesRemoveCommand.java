package dev.catchment.cli.harvest;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment sources remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = {
            "Removes a source: it is not listed and not walked any more.",
            "Its datasets and their history stay, unless --purge is given; its name is free."
        },
        footer = {
            "",
            "Examples:",
            "  catchment sources remove canada",
            "  catchment sources remove canada --purge   with all that was harvested of it"
        })
final class SourcesRemoveCommand implements Callable<Integer> {
    /** Rows of each table that one statement deletes: no lock is held for long. */
    private static final int BATCH = 5000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of the source.")
    private String name;

    @Option(
            names = "--purge",
            description = {"Delete its records, datasets and history too.", "There is no way back."})
    private boolean purge;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            NamedSource.find(database, name);
            Map<String, Object> asked = new HashMap<>(Map.of("source", name));
            asked.put("now", null);
            Map<String, Object> removed =
                    database.rows("harvest/update-removed-source", asked).get(0);
            if (Boolean.TRUE.equals(removed.get("is_walked"))) {
                throw new IllegalArgumentException(
                        "%s is being walked and was not removed. Pause it, and remove it when its walk is over: 'catchment runs' shows that."
                                .formatted(name));
            }
            long deleted = purge ? purge(database, removed.get("source_id")) : 0;
            spec.commandLine()
                    .getOut()
                    .println(
                            purge
                                    ? "Removed %s with all that was harvested of it: %,d rows.".formatted(name, deleted)
                                    : "Removed %s; its datasets and their history stay.".formatted(name));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    private static long purge(Database database, Object source) {
        long all = 0;
        for (long deleted = 1; deleted > 0; all += deleted) {
            deleted = (Long) database.rows("harvest/delete-source-rows", Map.of("source", source, "most", BATCH))
                    .get(0)
                    .get("deleted");
        }
        database.rows("harvest/delete-source", Map.of("source", source));
        return all;
    }
}
