package dev.catchment.cli.policy;

import dev.catchment.cli.output.ListOptions;
import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment policy alerts}. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        description = "Lists mails: which wait and why, which were sent, which failed.",
        footer = {
            "",
            "Examples:",
            "  catchment policy alerts --status failed",
            "  catchment policy alerts --retry --send",
            "",
            "waiting: not yet in a mail; pending: will be sent when due; cancelled: nothing",
            "was left to report."
        })
final class PolicyAlertsCommand implements Callable<Integer> {
    private static final String[] LISTED =
            "kind status recipient told attempts created_at due_at sent_at reason".split(" ");
    private static final List<String> STATUSES =
            List.of("waiting", "pending", "sending", "sent", "failed", "cancelled");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--status",
            paramLabel = "S",
            description = {"Only mails that are waiting, pending, sending, sent,", "failed or cancelled."})
    private String status;

    @Mixin
    private RowLimit limit = new RowLimit();

    @Option(names = "--retry", description = "Retry now what failed or waits for another attempt.")
    private boolean retry;

    @Option(names = "--send", description = "Send what is due, then list.")
    private boolean send;

    @Option(names = "--json", description = "Print one JSON object per mail.")
    private boolean json;

    @Override
    public Integer call() {
        ListOptions.check(spec, status, STATUSES);
        int rows = limit.rows();
        Session session = Session.open(spec, false);
        try (Database database = session.database(!retry && !send)) {
            if (retry) {
                database.rows("ops/update-retried-messages", Map.of("room", "policy"));
            }
            if (send) {
                send(session, database);
            }
            list(database, session.settings(), rows);
        }
        return ExitCode.DONE;
    }

    private static void send(Session session, Database database) {
        if (session.settings().get("policy.mail.host").isBlank()) {
            throw new IllegalArgumentException(
                    "There is no mail server: policy.mail.host is empty. Mails wait until it is set.");
        }
        try (Service service = session.service(database, Routes.of("policy", "mail"))) {
            service.ask("policy-alerts", "");
        }
    }

    private void list(Database database, Settings settings, int rows) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("status", status);
        asked.put("most", rows);
        List<Map<String, Object>> mails = database.rows("policy/list-messages", asked);
        mails.forEach(mail -> explain(mail, settings));
        Table.print(spec.commandLine().getOut(), mails, json, "No such mails.%n".formatted(), LISTED);
    }

    /** Why something waits that the database knows no reason for. */
    private static void explain(Map<String, Object> mail, Settings settings) {
        boolean isWaiting =
                mail.get("status").equals("waiting") || mail.get("status").equals("pending");
        if (!isWaiting) {
            return;
        }
        if (settings.get("policy.mail.host").isBlank()) {
            mail.put("reason", "There is no mail server: policy.mail.host is empty.");
        } else if (mail.get("recipient") == null
                && settings.get("policy.mail.operators").isBlank()) {
            mail.put("reason", "There is no recipient: policy.mail.operators is empty.");
        } else {
            mail.put("reason", Objects.requireNonNullElse(mail.get("reason"), "It goes out with the next mails."));
        }
    }
}
