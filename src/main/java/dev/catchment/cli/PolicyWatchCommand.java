package dev.catchment.cli;

import dev.catchment.errors.ScopeBusy;
import dev.catchment.policy.WatchOrder;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment policy watch}. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the pages that are due, or one that is named, and sends the alerts.",
            "It ends when nothing is due any more. Servers are asked one request at a time,",
            "with a pause, as robots.txt allows; pages that another process is checking are",
            "left to it. With --source it ends with 1 if the page could not be read."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy watch",
            "  catchment policy watch --source 'GB Visit visa'",
            "  catchment policy watch --dry-run        what would be found?",
            "  catchment policy watch --json | jq -r .outcome | sort | uniq -c"
        })
final class PolicyWatchCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatchCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(names = "--due", description = "Those that are due. The default.")
    private boolean due;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = {"This one, due or not: its name, the beginning of it, its", "URL or id."})
    private String source;

    @Option(names = "--dry-run", description = "Visit and judge; write nothing, send nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per page on standard output, and", "nothing else."})
    private boolean json;

    @Option(names = "--verbose", description = "Log more.")
    private boolean verbose;

    @Override
    public Integer call() {
        if (due && source != null) {
            throw new ParameterException(spec.commandLine(), "Either --due or --source.");
        }
        Session session = Session.open(spec, verbose);
        try (Database database = session.currentDatabase();
                Service service =
                        Service.start(session.settings(), database, session.token(), Service.WITHOUT_SCHEDULES);
                Interrupt interrupt = new Interrupt(service::stop)) {
            Map<String, Object> report = service.ask("policy-watch", order(database));
            if (!dryRun) {
                service.ask("policy-alerts", "");
            }
            print(report);
            return code(report);
        } catch (ScopeBusy busy) {
            LOG.info(busy.getMessage());
            return ExitCode.BUSY;
        }
    }

    private WatchOrder order(Database database) {
        if (source == null) {
            return new WatchOrder("cli", null, null, dryRun);
        }
        String id = PolicySource.id(database, source);
        return new WatchOrder(
                "cli", id, (String) PolicySource.find(database, id).get("name"), dryRun);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> checks(Map<String, Object> report) {
        return (List<Map<String, Object>>) report.get("checks");
    }

    private void print(Map<String, Object> report) {
        PrintWriter out = spec.commandLine().getOut();
        Table.print(out, checks(report), json, "", "source", "outcome", "cause", "version", "next_check_at", "message");
        if (source != null && checks(report).isEmpty() && "succeeded".equals(report.get("status"))) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "catchment: The page was not read: its server wants to be let alone, or it is not ours now.");
        }
        if (!json) {
            out.println(Summary.text(report));
            out.flush();
        }
    }

    private int code(Map<String, Object> report) {
        boolean isUnread = source != null
                && checks(report).stream()
                        .allMatch(check -> check.get("outcome").equals("failed"));
        return switch ((String) report.get("status")) {
            case "succeeded" -> isUnread ? ExitCode.FAILED : ExitCode.DONE;
            case "stopped" -> ExitCode.INTERRUPTED;
            default -> ExitCode.FAILED;
        };
    }
}
