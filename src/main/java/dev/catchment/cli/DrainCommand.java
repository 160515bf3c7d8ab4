package dev.catchment.cli;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment drain}. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = {
            "Drains a node, wherever it runs.",
            "As after SIGTERM it commits the pages under way and lets go of the rest: other",
            "nodes go on at once with crawls, walks, jobs, pages and messages; exports and",
            "plans are stopped. It ends with exit code 0. It is asked through the database",
            "and answers at its next heartbeat."
        },
        footer = {
            "",
            "Examples:",
            "  catchment nodes                 list the nodes",
            "  catchment drain db-1:4711       and wait until it has ended",
            "  catchment drain db-1:4711 --stay"
        })
final class DrainCommand implements Callable<Integer> {
    private static final long LOOK = 250;
    private static final String LOST =
            "is lost: it has not sent a heartbeat within its lease, and others take over what it held";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NODE", description = "Node to drain, as 'catchment nodes' lists it: host:pid.")
    private String node;

    @Option(
            names = "--stay",
            description = {"It stays up when it is drained, and serves reads until", "it is stopped."})
    private boolean stay;

    @Option(names = "--no-wait", description = "Do not wait until it is drained.")
    private boolean noWait;

    @Override
    public Integer call() throws InterruptedException {
        try (Database database = Session.open(spec, false).readDatabase()) {
            Map<String, Object> asked = ask(database);
            PrintWriter out = spec.commandLine().getOut();
            out.println("%s is asked to drain; it answers at its next heartbeat.".formatted(asked.get("name")));
            out.flush();
            if (!noWait) {
                boolean isDrained = isDrained(database, asked);
                String end = stay ? "is drained, and stays up" : "has ended";
                out.println("%s %s.".formatted(asked.get("name"), isDrained ? end : LOST));
                out.flush();
                return isDrained ? ExitCode.DONE : ExitCode.FAILED;
            }
        }
        return ExitCode.DONE;
    }

    private Map<String, Object> ask(Database database) {
        List<Map<String, Object>> named =
                database.rows("ops/update-draining-node", Map.of("node", node, "stays", stay));
        Optional<Map<String, Object>> asked =
                named.stream().filter(row -> (Boolean) row.get("is_asked")).findFirst();
        return asked.orElseThrow(() -> new IllegalArgumentException(refusal(named)));
    }

    private String refusal(List<Map<String, Object>> named) {
        if (named.isEmpty()) {
            return "There is no node %s. 'catchment nodes' lists them.".formatted(node);
        }
        List<Map<String, Object>> alive =
                named.stream().filter(row -> !(Boolean) row.get("is_lost")).toList();
        if (alive.isEmpty()) {
            return "%s %s.".formatted(node, LOST);
        }
        if (alive.size() > 1) {
            return "Several nodes are called %s; name one of %s."
                    .formatted(
                            node,
                            alive.stream().map(row -> (String) row.get("node")).collect(Collectors.joining(", ")));
        }
        return "%s drains already; 'catchment nodes' says why.".formatted(node);
    }

    /** Waits for it. @return false if nothing is heard of it any more */
    private boolean isDrained(Database database, Map<String, Object> asked) throws InterruptedException {
        while (true) {
            Optional<Map<String, Object>> row = database.rows("ops/list-nodes", Map.of()).stream()
                    .filter(each -> each.get("id").equals(asked.get("node")))
                    .findFirst();
            if (row.isEmpty() || row.get().get("drained_at") != null) {
                return true;
            }
            if (row.get().get("state").equals("lost")) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK);
        }
    }
}
