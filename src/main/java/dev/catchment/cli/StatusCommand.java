package dev.catchment.cli;

import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.settings.Settings;
import dev.catchment.text.Cron;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how each room stands: last and next run, and what needs a person.",
            "A flow over more than 20 scopes, such as the sources of the harvest, is one row."
        },
        footer = {"", "Examples:", "  catchment status", "  catchment status --json"})
final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 50;

    /** What each room does; what never ran is shown, too. */
    private static final List<List<String>> FLOWS = List.of(
            List.of("catalog", "crawl", "us"),
            List.of("catalog", "crawl", "eu"),
            List.of("harvest", "walk", ""),
            List.of("registry", "seed", ""),
            List.of("names", "load", ""),
            List.of("policy", "watch", ""));

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Session session = Session.open(spec, false);
        try (Database database = session.askedDatabase()) {
            List<Map<String, Object>> rooms = rooms(database, session.settings());
            Map<String, Object> all = new HashMap<>(Map.of("is_closed", false, "most", MOST));
            all.put("room", null);
            print(rooms, database.rows("ops/list-incidents", all));
        }
        return ExitCode.DONE;
    }

    private static List<Map<String, Object>> rooms(Database database, Settings settings) {
        List<Map<String, Object>> rows = new ArrayList<>(database.rows("ops/list-room-status", Map.of()));
        FLOWS.stream()
                .filter(flow -> rows.stream().noneMatch(row -> isOf(flow, row)))
                .forEach(flow -> {
                    Map<String, Object> never = new LinkedHashMap<>();
                    never.put("room", flow.get(0));
                    never.put("flow", flow.get(1));
                    never.put("scope", flow.get(2));
                    never.put("status", "never");
                    never.put("incidents", 0L);
                    rows.add(never);
                });
        rows.sort((a, b) -> key(a).compareTo(key(b)));
        rows.forEach(row -> row.put("next_at", next(row, database, settings)));
        return rows;
    }

    private static boolean isOf(List<String> flow, Map<String, Object> row) {
        return flow.get(0).equals(row.get("room"))
                && flow.get(1).equals(row.get("flow"))
                && (flow.get(2).isEmpty() || flow.get(2).equals(row.get("scope")));
    }

    private static String key(Map<String, Object> row) {
        return row.get("room") + "/" + row.get("flow") + "/" + Objects.toString(row.get("scope"), "");
    }

    /** When it runs next; null where it waits for a file, a job or an order. */
    private static Date next(Map<String, Object> row, Database database, Settings settings) {
        switch (row.get("room") + " " + row.get("flow")) {
            case "catalog crawl" -> {
                String cron = "catalog.%s.cron".formatted(row.get("scope"));
                boolean isThere =
                        Settings.declared().stream().anyMatch(each -> each.key().equals(cron));
                Instant next = isThere
                        ? Cron.of(settings.get(cron), settings.get("catalog.time-zone"))
                                .next(Instant.now())
                        : null;
                return next == null ? null : Date.from(next);
            }
            case "harvest walk" -> {
                return row.get("scope") == null || "".equals(row.get("scope"))
                        ? (Date) database.rows("harvest/find-next-walk", Map.of())
                                .get(0)
                                .get("due_at")
                        : null;
            }
            case "policy watch" -> {
                Map<String, Object> due =
                        database.rows("policy/count-due-sources", Map.of()).get(0);
                return ((Number) due.get("due")).longValue() > 0 ? new Date() : (Date) due.get("next_check_at");
            }
            default -> {
                return null;
            }
        }
    }

    private void print(List<Map<String, Object>> rooms, List<Map<String, Object>> incidents) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("flows", Moments.plain(rooms));
            status.put("incidents", Moments.plain(incidents));
            out.println(Summary.write(status));
        } else {
            out.print(
                    Table.of(rooms, "room", "flow", "scope", "status", "run", "succeeded_at", "next_at", "incidents"));
            out.println();
            out.print(
                    incidents.isEmpty()
                            ? "Nothing needs a person.%n".formatted()
                            : "This needs a person ('catchment alerts' says more):%n%s"
                                    .formatted(Table.fitted(
                                            incidents,
                                            120,
                                            List.of("detail", "scope"),
                                            "incident",
                                            "room",
                                            "flow",
                                            "scope",
                                            "cause",
                                            "since",
                                            "detail")));
        }
        out.flush();
    }
}
