package dev.catchment.cli.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment webhooks list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the webhooks, how far each has come and how it gets on.")
final class WebhooksListCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] COLUMNS =
            "name origin feed filter state after behind failures delivered_at".split(" ");

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per webhook.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> all = new HashMap<>();
        all.put("after", null);
        all.put("most", null);
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> rows = database.rows("webhooks/list-webhooks", all);
            rows.forEach(row -> {
                row.remove("page_key");
                row.computeIfPresent("filter", (field, held) -> parsed(String.valueOf(held)));
            });
            Table.print(
                    spec.commandLine().getOut(),
                    rows,
                    json,
                    "There is no webhook yet. 'catchment webhooks add NAME URL' adds one.%n".formatted(),
                    COLUMNS);
        }
        return ExitCode.DONE;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
