package dev.catchment.cli.harvest;

import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment datasets history}. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Lists what happened to a dataset, the latest first.",
        footer = {"", "Example:", "  catchment datasets history socrata-us/wppx-73fm"})
final class DatasetsHistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Our id, SOURCE/KEY, or the id that the portal gives it.")
    private String id;

    @Option(names = "--json", description = "Print one JSON object per change.")
    private boolean json;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Map<String, Object> found = NamedDataset.find(database, id, null);
            List<Map<String, Object>> changes = database.rows(
                    "harvest/list-dataset-changes",
                    Map.of("dataset", found.get("id").toString()));
            Table.print(
                    spec.commandLine().getOut(),
                    changes,
                    json,
                    "",
                    "changed_at",
                    "change",
                    "fields",
                    "is_noise",
                    "title",
                    "run");
        }
        return ExitCode.DONE;
    }
}
