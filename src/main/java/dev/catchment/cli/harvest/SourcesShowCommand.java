package dev.catchment.cli.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment sources show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a source, how it is doing and why, and what its last walks proved.",
        footer = {"", "Example:", "  catchment sources show canada"})
final class SourcesShowCommand implements Callable<Integer> {
    private static final String[] WALKS =
            "run mode status started_at seconds total rows keys conflicts is_complete reason".split(" ");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of the source.")
    private String name;

    @Mixin
    private RowLimit limit = new RowLimit(5);

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        int most = limit.rows();
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Map<String, Object> source = NamedSource.find(database, name);
            List<Map<String, Object>> walks =
                    database.rows("harvest/list-walks", Map.of("source", source.get("source_id"), "most", most));
            if (json) {
                source.put("options", parsed((String) source.get("options")));
                source.put("walks", walks);
                out.println(Summary.write(source));
            } else {
                source.forEach((field, value) -> out.println("%-12s %s"
                        .formatted(field, Objects.toString(Moments.plain(value), ""))
                        .stripTrailing()));
                out.print(walks.isEmpty() ? "%nNot walked yet.%n".formatted() : "\n" + Table.of(walks, WALKS));
            }
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static Object parsed(String options) {
        try {
            return JSON.readValue(options, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // jsonb gave it
        }
    }
}
