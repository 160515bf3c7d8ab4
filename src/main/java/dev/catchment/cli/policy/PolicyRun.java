package dev.catchment.cli.policy;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.errors.ScopeBusy;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A run over pages from the command line: what came of each as a table, and the summary.
 *
 * @param source the one page that people mean, as they say it; null for all
 * @param nothing what is said to people if there is no page
 */
record PolicyRun(CommandSpec command, String source, boolean json, String nothing, String... columns) {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRun.class);

    /** What is done with a service. */
    @FunctionalInterface
    interface Work {
        Map<String, Object> ask(Service service, Object order);
    }

    /**
     * @param dryRun whether nothing at all is written
     * @param order made of the id and the name of the page; both null for all
     * @return the exit code
     */
    int run(Session session, boolean dryRun, BiFunction<String, String, Object> order, Work work) {
        try (Database database = session.database(dryRun);
                Service service = session.service(database, Routes.of("policy", "mail"))) {
            Map<String, Object> report = work.ask(service, order(database, order));
            print(report);
            return ExitCode.of(report.get("status"));
        } catch (ScopeBusy busy) {
            LOG.info(busy.getMessage());
            return ExitCode.BUSY;
        }
    }

    private Object order(Database database, BiFunction<String, String, Object> order) {
        if (source == null) {
            return order.apply(null, null);
        }
        String id = PolicySource.id(database, source);
        return order.apply(id, (String) PolicySource.find(database, id).get("name"));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> pages(Map<String, Object> report) {
        return (List<Map<String, Object>>) report.get("pages");
    }

    private void print(Map<String, Object> report) {
        PrintWriter out = command.commandLine().getOut();
        String none = "succeeded".equals(report.get("status")) ? nothing : "";
        Table.print(out, pages(report), json, none, columns);
        if (!json) {
            out.println(Summary.text(report));
            out.flush();
        }
    }
}
