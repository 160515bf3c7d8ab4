package dev.catchment.cli.names;

import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment names releases}. */
@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        description = "Lists the published files that were loaded, or what one of them changed.",
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

    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "Id of a dataset, or its first characters.")
    private String dataset;

    @Option(names = "--source", paramLabel = "S", description = "Only this source. Default: all.")
    private String source;

    @Mixin
    private RowLimit limit = new RowLimit();

    @Option(names = "--json", description = "Print one JSON object per row.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> asked = new HashMap<>();
        asked.put("dataset", dataset);
        asked.put("source", source);
        asked.put("most", limit.rows());
        try (Database database = Session.open(spec, false).readDatabase()) {
            List<Map<String, Object>> rows =
                    database.rows(dataset == null ? "names/list-releases" : "names/list-revisions", asked);
            Table.print(
                    spec.commandLine().getOut(),
                    rows,
                    json,
                    "No such release.%n".formatted(),
                    dataset == null ? RELEASES : REVISIONS);
        }
        return ExitCode.DONE;
    }
}
