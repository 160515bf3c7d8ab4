package dev.catchment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment nodes}. */
@Command(
        name = "nodes",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the processes at work on the database.",
            "Each 'catchment run' is a node; commands are listed while they work."
        },
        footer = {
            "",
            "Examples:",
            "  catchment nodes",
            "  catchment nodes --json          what each holds, by name",
            "",
            "lost marks a process without a heartbeat within ops.lease: it is dead, paused",
            "or cannot reach the database, and others take over what it held.",
            "cut off marks one that reaches no source: its network is gone, and it claims",
            "nothing until that is back."
        })
final class NodesCommand implements Callable<Integer> {
    private static final int WIDTH = 120;
    private static final String[] LISTED = "node state rooms version schema started_at heartbeat_at holds".split(" ");
    private static final List<String> CLAIMS =
            List.of("ops/list-claims", "harvest/list-claims", "policy/list-claims", "names/list-claims");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per process.")
    private boolean json;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).askedDatabase()) {
            List<Map<String, Object>> nodes = database.rows("ops/list-nodes", Map.of());
            Map<Object, Map<String, List<Object>>> held = held(database);
            nodes.forEach(node -> {
                node.put("rooms", rooms((String) node.get("rooms")));
                node.put("holds", held.getOrDefault(node.get("id"), Map.of()));
            });
            print(spec.commandLine().getOut(), nodes);
        }
        return ExitCode.DONE;
    }

    /** By process and kind: the names of what it holds. */
    private static Map<Object, Map<String, List<Object>>> held(Database database) {
        Map<Object, Map<String, List<Object>>> held = new TreeMap<>();
        for (String claims : CLAIMS) {
            database.rows(claims, Map.of())
                    .forEach(claim -> held.computeIfAbsent(claim.get("id"), id -> new TreeMap<>())
                            .computeIfAbsent((String) claim.get("what"), what -> new ArrayList<>())
                            .add(claim.get("name")));
        }
        return held;
    }

    private static List<?> rooms(String list) {
        try {
            return list == null ? null : JSON.readValue(list, List.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void print(PrintWriter out, List<Map<String, Object>> nodes) {
        if (json) {
            Table.print(out, nodes, true, "");
            return;
        }
        nodes.forEach(NodesCommand::shorten);
        out.print(
                nodes.isEmpty()
                        ? "No node is up, and no command is at work.%n".formatted()
                        : Table.fitted(nodes, WIDTH, List.of("holds", "rooms", "node"), LISTED));
        nodes.stream()
                .filter(node -> node.get("reason") != null)
                .forEach(node -> out.println("%s %s: %s"
                        .formatted(
                                node.get("node"),
                                node.get("drained_at") == null ? "drains" : "is drained",
                                node.get("reason"))));
        out.flush();
    }

    @SuppressWarnings("unchecked")
    private static void shorten(Map<String, Object> node) {
        boolean isService = node.get("kind").equals("service");
        List<Object> rooms = (List<Object>) node.get("rooms");
        node.put("rooms", !isService ? "(a command)" : rooms.isEmpty() ? "all" : joined(rooms));
        Integer step = (Integer) node.get("step");
        node.put("schema", step == null ? null : "%03d".formatted(step));
        Map<String, List<Object>> held = (Map<String, List<Object>>) node.get("holds");
        node.put(
                "holds",
                held.entrySet().stream()
                        .map(kind -> kind.getKey() + " " + kind.getValue().size())
                        .collect(Collectors.joining(", ")));
    }

    private static String joined(List<Object> words) {
        return words.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
