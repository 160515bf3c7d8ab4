package dev.catchment.cli;

import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment names releases}. */
@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        description = "The published files of the sources; of one, what it changed.",
        footer = {
            "",
            "Examples:",
            "  catchment names releases --source us-ssa",
            "  catchment names releases 1f2e3d4c       what it changed, year by year"
        })
final class ReleasesCommand implements Callable<Integer> {
    private static final String[] RELEASES =
            ("dataset source region filename entry status first_year last_year figures births added changed removed"
                            + " living slices uploaded_at")
                    .split(" ");
    private static final String[] REVISIONS =
            "year gender figures births added changed removed replaces is_living".split(" ");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "A dataset, or the beginning of its id.")
    private String dataset;

    @Option(names = "--source", paramLabel = "S", description = "Default: all.")
    private String source;

    @Option(names = "--most", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(names = "--json", description = "Print one JSON object per row.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> asked = new HashMap<>();
        asked.put("dataset", dataset);
        asked.put("source", source);
        asked.put("most", most);
        try (Database database = Session.open(spec, false).readDatabase()) {
            List<Map<String, Object>> rows =
                    database.rows(dataset == null ? "names/list-releases" : "names/list-revisions", asked);
            Table.print(
                    spec.commandLine().getOut(),
                    rows,
                    json,
                    "Nothing is held of that.%n".formatted(),
                    dataset == null ? RELEASES : REVISIONS);
        }
        return ExitCode.DONE;
    }
}
