package dev.catchment.cli.session;

import dev.catchment.postgres.Database;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that runs a flow: what each of them has to be told, and how it opens, runs and sums up. */
public abstract class FlowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--json",
            description = {"Print one JSON object per run on standard output,", "and nothing else."})
    private boolean json;

    @Option(names = "--verbose", description = "Log at debug level.")
    private boolean verbose;

    protected final CommandSpec spec() {
        return spec;
    }

    protected final boolean json() {
        return json;
    }

    protected final Session open() {
        return Session.open(spec, verbose);
    }

    /** The same for orders that only the database knows how to make, one after the other. */
    protected final int runJobs(Session session, Routes routes, String route, Function<Database, List<?>> orders) {
        try (Database database = session.currentDatabase()) {
            List<?> made = orders.apply(database);
            try (Service service = session.service(database, routes)) {
                FlowRun run = new FlowRun(service, route, spec.commandLine().getOut(), json);
                int exit = made.stream()
                        .mapToInt(order -> run.run(List.of(order)))
                        .max()
                        .orElse(ExitCode.DONE);
                if (exit != ExitCode.INTERRUPTED) {
                    afterwards(database);
                }
                return exit;
            }
        }
    }

    /** Runs the flow of a route, once for each order. @param routes that it takes @return the exit code */
    protected final int run(Session session, Routes routes, boolean dryRun, String route, List<?> orders) {
        try (Database database = session.database(dryRun);
                Service service = session.service(database, routes)) {
            int exit = new FlowRun(service, route, spec.commandLine().getOut(), json).run(orders);
            if (!dryRun && exit != ExitCode.INTERRUPTED) {
                afterwards(database);
            }
            return exit;
        }
    }

    /** What is left to do once all orders were run, if they wrote anything. */
    protected void afterwards(Database database) {}
}
