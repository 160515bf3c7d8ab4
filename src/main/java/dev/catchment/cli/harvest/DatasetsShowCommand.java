package dev.catchment.cli.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.output.AskedMoment;
import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment datasets show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a dataset as it is, or as it was at a moment.",
        footer = {
            "",
            "Examples:",
            "  catchment datasets show socrata-us/wppx-73fm",
            "  catchment datasets show wppx-73fm --at 2026-11-01T12:00:00Z --json"
        })
final class DatasetsShowCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Our id, SOURCE/KEY, or the id that the portal gives it.")
    private String id;

    @Option(names = "--at", paramLabel = "T", description = "A day, a time with its zone, or an age such as 7d.")
    private String at;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            Map<String, Object> found = NamedDataset.find(database, id, AskedMoment.of(spec, "--at", at));
            JsonNode state = JSON.readTree((String) found.get("state"));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Map<String, Object> row = new LinkedHashMap<>(found);
                row.put("state", state);
                out.println(Summary.write(row));
            } else {
                print(out, found, state);
            }
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, Map<String, Object> found, JsonNode state) {
        for (String field : "id source kind key is_retired valid_from valid_to copies".split(" ")) {
            if (found.get(field) != null) {
                out.printf("%-16s %s%n", field, Moments.plain(found.get(field)));
            }
        }
        state.properties().forEach(field -> {
            if (!found.containsKey(field.getKey()) || field.getKey().equals("title")) {
                JsonNode value = field.getValue();
                out.printf("%-16s %s%n", field.getKey(), value.isValueNode() ? value.asText() : value);
            }
        });
    }
}
