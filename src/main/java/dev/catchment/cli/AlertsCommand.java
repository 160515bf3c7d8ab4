package dev.catchment.cli;

import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment alerts}. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "Lists open incidents: runs that failed, are partial, held back or overdue.",
        footer = {
            "",
            "Examples:",
            "  catchment alerts --room harvest",
            "  catchment alerts --all --json",
            "  catchment alerts --dismiss 7           close it without telling anybody",
            "  catchment alerts --retry --send        try again what could not be sent",
            "",
            "They are told once to ops.alerts.mail and ops.alerts.webhook, and so is their",
            "end.",
            "Mails to subscribers are listed by 'catchment policy alerts'."
        })
final class AlertsCommand implements Callable<Integer> {
    private static final int WIDTH = 120;
    private static final String[] LISTED = "incident room flow scope cause run since told_at detail".split(" ");
    private static final String[] WITH_CLOSED =
            "incident room flow scope cause run since told_at closed_at detail".split(" ");

    @Spec
    private CommandSpec spec;

    @Option(names = "--room", paramLabel = "R", description = "Only incidents of this room, such as harvest.")
    private String room;

    @Option(names = "--all", description = "List closed incidents, too.")
    private boolean all;

    @Option(
            names = "--dismiss",
            paramLabel = "N",
            description = {"Close this incident; it opens again with a later run", "alone."})
    private Long dismissed;

    @Option(names = "--retry", description = "Retry now what failed or waits for another attempt.")
    private boolean retry;

    @Option(names = "--send", description = "Look for incidents and send what is due, then list.")
    private boolean send;

    @Mixin
    private RowLimit limit = new RowLimit();

    @Option(names = "--json", description = "Print one JSON object per incident.")
    private boolean json;

    @Override
    public Integer call() {
        int rows = limit.rows();
        Session session = Session.open(spec, false);
        try (Database database = session.database(!retry && !send && dismissed == null)) {
            if (dismissed != null
                    && database.rows("ops/update-dismissed-incident", Map.of("incident", dismissed))
                            .isEmpty()) {
                throw new IllegalArgumentException(
                        "No incident %d is open. 'catchment alerts' lists them.".formatted(dismissed));
            }
            if (retry) {
                database.rows("ops/update-retried-messages", Map.of("room", "ops"));
            }
            if (send) {
                try (Service service = session.service(database, Routes.of("ops", "mail", "alerts"))) {
                    service.ask("ops-alerts", "");
                }
            }
            list(database, rows);
        }
        return ExitCode.DONE;
    }

    private void list(Database database, int rows) {
        Map<String, Object> asked = new HashMap<>(Map.of("is_closed", all, "most", rows));
        asked.put("room", room);
        List<Map<String, Object>> incidents = database.rows("ops/list-incidents", asked);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Table.print(out, incidents, true, "");
        } else {
            out.print(
                    incidents.isEmpty()
                            ? "Nothing is wrong: there is no open incident.%n".formatted()
                            : Table.fitted(incidents, WIDTH, List.of("detail", "scope"), all ? WITH_CLOSED : LISTED));
            out.flush();
        }
    }
}
