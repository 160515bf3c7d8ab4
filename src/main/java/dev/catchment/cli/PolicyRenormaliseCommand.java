package dev.catchment.cli;

import dev.catchment.errors.ScopeBusy;
import dev.catchment.policy.RenormaliseOrder;
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
import picocli.CommandLine.Spec;

/** {@code catchment policy renormalise}. */
@Command(
        name = "renormalise",
        mixinStandardHelpOptions = true,
        description = {
            "Makes texts anew from the pages that were kept.",
            "It does so where the rules of a page, or the libraries that read it, are others",
            "now. A text that becomes another one is a technical version: nobody is told. No",
            "page is fetched. A watch does the same for each page before it is visited."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy renormalise --dry-run     what would other rules do?",
            "  catchment policy renormalise --source 'GB Visit visa'"
        })
final class PolicyRenormaliseCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRenormaliseCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = {"This one: its name, the beginning of it, its URL or id.", "Default: all."})
    private String source;

    @Option(names = "--dry-run", description = "Compare; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per page on standard output, and", "nothing else."})
    private boolean json;

    @Override
    @SuppressWarnings("unchecked")
    public Integer call() {
        Session session = Session.open(spec, false);
        try (Database database = session.currentDatabase();
                Service service =
                        Service.start(session.settings(), database, session.token(), Service.WITHOUT_SCHEDULES);
                Interrupt interrupt = new Interrupt(service::stop)) {
            Map<String, Object> report = service.ask("policy-renormalise", order(database));
            print((List<Map<String, Object>>) report.get("pages"), report);
            return switch ((String) report.get("status")) {
                case "succeeded" -> ExitCode.DONE;
                case "stopped" -> ExitCode.INTERRUPTED;
                default -> ExitCode.FAILED;
            };
        } catch (ScopeBusy busy) {
            LOG.info(busy.getMessage());
            return ExitCode.BUSY;
        }
    }

    private RenormaliseOrder order(Database database) {
        if (source == null) {
            return new RenormaliseOrder(null, null, dryRun);
        }
        String id = PolicySource.id(database, source);
        return new RenormaliseOrder(id, (String) PolicySource.find(database, id).get("name"), dryRun);
    }

    private void print(List<Map<String, Object>> pages, Map<String, Object> report) {
        PrintWriter out = spec.commandLine().getOut();
        Table.print(
                out,
                pages,
                json,
                "succeeded".equals(report.get("status")) ? "Every text is as its rules make it.%n".formatted() : "",
                "source",
                "text",
                "added",
                "removed",
                "message");
        if (!json) {
            out.println(Summary.text(report));
            out.flush();
        }
    }
}
