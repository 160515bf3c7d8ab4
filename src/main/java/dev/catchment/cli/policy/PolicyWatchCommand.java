package dev.catchment.cli.policy;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.policy.WatchOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
            "Checks the pages that are due, or one page, and sends the alerts.",
            "Ends when nothing is due. Each server gets one request at a time, with pauses,",
            "as its robots.txt allows; pages another process is checking are left to it.",
            "With --source it exits with 1 if the page could not be read."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy watch",
            "  catchment policy watch --source 'GB Visit visa'",
            "  catchment policy watch --dry-run        show what would be found",
            "  catchment policy watch --json | jq -r .outcome | sort | uniq -c"
        })
final class PolicyWatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--due", description = "Check the pages that are due. The default.")
    private boolean due;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = {"Only this one, due or not: its name or how it begins, its", "URL or id."})
    private String source;

    @Option(names = "--dry-run", description = "Fetch and compare, but write and send nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per page on standard output, and", "nothing else."})
    private boolean json;

    @Option(names = "--verbose", description = "Log at debug level.")
    private boolean verbose;

    /** The one page that was asked for could not be read. */
    private boolean isUnread;

    @Override
    public Integer call() {
        if (due && source != null) {
            throw new ParameterException(spec.commandLine(), "Use either --due or --source.");
        }
        String[] columns = "source outcome cause version next_check_at message".split(" ");
        int code = new PolicyRun(spec, source, json, "", columns)
                .run(
                        Session.open(spec, verbose),
                        dryRun,
                        (id, name) -> new WatchOrder("cli", id, name, dryRun),
                        this::watch);
        return code == ExitCode.DONE && isUnread ? ExitCode.FAILED : code;
    }

    private Map<String, Object> watch(Service service, Object order) {
        Map<String, Object> report = service.ask("policy-watch", order);
        if (!dryRun && !service.running().isClosed()) {
            service.ask("policy-alerts", "");
        }
        List<Map<String, Object>> pages = PolicyRun.pages(report);
        isUnread = source != null && pages.stream().allMatch(page -> "failed".equals(page.get("outcome")));
        if (isUnread && pages.isEmpty() && "succeeded".equals(report.get("status"))) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "catchment: The page was not read: its server asks us to wait, or another process is checking it.");
        }
        return report;
    }
}
