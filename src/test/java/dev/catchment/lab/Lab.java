package dev.catchment.lab;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./mvnw -q -P lab exec:exec -Dlab.seed=S -Dlab.rounds=N}: rounds of the seeds S, S + 1, … See docs/lab.md. */
public final class Lab implements AutoCloseable {
    /** Seconds in which things go wrong, unless somebody says otherwise. */
    static final int TROUBLE = 12;

    /** The first ones, as far as names: nothing changes in the rest but what the others find. */
    private static final int MOST_CHANGING = 5;
    /** At the end: they have nobody whose answers go wrong. */
    private static final Set<String> NEVER_FAILING = Set.of("web", "export");

    /** What any node may work on. */
    private static final List<String> WITHOUT_FILES = List.of("catalog", "harvest", "policy", "webhooks", "web");

    /** What belongs to the first one. */
    private static final List<String> WITH_FILES = List.of("registry", "names", "export");

    private final Path folder;
    private final Leavings leavings;
    private final LabServer server;
    private final LabNetwork network;
    private final List<LabRoom> rooms;

    private final String only;
    private final boolean hasBroker;

    /**
     * Starts all that rounds share.
     *
     * @param only the rooms that are in it, with commas between; empty: all
     * @param hasBroker whether pages and changes go through one
     */
    Lab(String only, boolean hasBroker) throws IOException {
        this.only = only;
        this.hasBroker = hasBroker;
        // Five hours and three quarters ahead: who mixes local time with UTC is found out.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        folder = Files.createDirectories(Path.of("target", "lab")).toAbsolutePath();
        leavings = Leavings.begin(folder);
        // Also who is told to end leaves nothing; what kill -9 leaves, the next one clears away.
        Runtime.getRuntime().addShutdownHook(new Thread(leavings::close));
        network = LabNetwork.open(LabNetwork.ADDRESSES, leavings);
        server = LabServer.start(leavings);
        Map<String, Supplier<LabRoom>> all = new LinkedHashMap<>();
        all.put("catalog", () -> new CatalogRoom(network.address(2)));
        all.put(
                "harvest",
                () -> new HarvestRoom(
                        folder.resolve("kinds"), List.of(network.address(3), network.address(4), network.address(5))));
        all.put("policy", () -> new PolicyRoom(List.of(network.address(6), network.address(7)), network.address(8)));
        all.put("registry", RegistryRoom::new);
        all.put("names", NamesRoom::new);
        // The last ones: nothing changes in them but what the others find.
        all.put("webhooks", () -> new WebhooksRoom(network.address(9)));
        if (hasBroker) {
            all.put(
                    "kafka",
                    () -> new KafkaRoom(
                            network.address(10),
                            folder.resolve("kafka-" + ProcessHandle.current().pid()),
                            leavings));
        }
        all.put("mcp", () -> new McpRoom(this));
        all.put("web", () -> new WebRoom(network));
        all.put("export", ExportRoom::new);
        List<String> wanted = only.isEmpty() ? List.copyOf(all.keySet()) : List.of(only.split(","));
        rooms = all.keySet().stream()
                .filter(name -> wanted.contains(name) || name.equals("kafka"))
                .map(name -> all.get(name).get())
                .toList();
        if (!all.keySet().containsAll(wanted)) {
            throw new IllegalArgumentException("The rooms of the lab are " + all.keySet() + ", not " + only + ".");
        }
    }

    Path folder() {
        return folder;
    }

    Leavings leavings() {
        return leavings;
    }

    LabServer server() {
        return server;
    }

    LabNetwork network() {
        return network;
    }

    List<LabRoom> rooms() {
        return rooms;
    }

    /** What NODE_ROOMS says: files belong to the first node. */
    String roomsOf(int node) {
        if (node == 0 && only.isEmpty()) {
            return "";
        }
        return Stream.concat(
                        rooms.stream().map(LabRoom::name).filter(WITHOUT_FILES::contains),
                        node == 0 ? rooms.stream().map(LabRoom::name).filter(WITH_FILES::contains) : Stream.empty())
                .collect(Collectors.joining(",", "", ",ops"));
    }

    /** @param nodes how many, or 0: one or three, by the seed @param trouble seconds @return what is wrong */
    List<String> round(long seed, int nodes, int trouble, PrintWriter out) throws IOException {
        int failing = (int) rooms.stream()
                .filter(room -> !NEVER_FAILING.contains(room.name()))
                .count();
        Plan plan = Plan.of(seed, nodes, trouble, Math.max(failing, 1), Math.min(rooms.size(), MOST_CHANGING));
        out.printf("seed %d: %d node%s%n", seed, plan.nodes(), plan.nodes() == 1 ? "" : "s");
        plan.events().forEach(event -> out.printf("    %s%n", event));
        out.flush();
        long begun = System.nanoTime();
        List<String> wrong = new Round(this, plan, out).run();
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        if (wrong.isEmpty()) {
            out.printf("seed %d: passed in %d s%n", seed, seconds);
        } else {
            out.printf("seed %d: VIOLATED in %d s%n", seed, seconds);
            wrong.forEach(each -> out.printf("    %s%n", each));
            out.printf("  again: %s%n", replay(seed, nodes, trouble));
        }
        out.flush();
        return wrong;
    }

    private String replay(long seed, int nodes, int trouble) {
        return "./mvnw -q -P lab exec:exec -Dlab.seed=" + seed + " -Dlab.rounds=1"
                + (nodes == 0 ? "" : " -Dlab.nodes=" + nodes)
                + (only.isEmpty() ? "" : " -Dlab.only=" + only)
                + (hasBroker ? " -Dlab.kafka=true" : "")
                + (trouble == TROUBLE ? "" : " -Dlab.trouble=" + trouble);
    }

    @Override
    public void close() {
        rooms.forEach(LabRoom::close);
        leavings.close();
    }

    /** Exit code 1 if a round was violated. */
    public static void main(String[] arguments) {
        long seed = Long.getLong("lab.seed", 1);
        int rounds = Integer.getInteger("lab.rounds", 1);
        int nodes = Integer.getInteger("lab.nodes", 0);
        int trouble = Integer.getInteger("lab.trouble", TROUBLE);
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        Map<Long, List<String>> violated = new LinkedHashMap<>();
        try (Lab lab = new Lab(System.getProperty("lab.only", ""), Boolean.getBoolean("lab.kafka"))) {
            out.printf(
                    "%d rounds from seed %d on; nodes are %s%n",
                    rounds,
                    seed,
                    lab.network.isApart()
                            ? "in network namespaces of their own"
                            : "not in namespaces: nothing parts them but proxies");
            for (long each = seed; each < seed + rounds; each++) {
                List<String> wrong = lab.round(each, nodes, trouble, out);
                if (!wrong.isEmpty() && Boolean.getBoolean("lab.again")) {
                    wrong = lab.round(each, nodes, trouble, out);
                }
                if (!wrong.isEmpty()) {
                    violated.put(each, wrong);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.printf("%d of %d rounds passed%n", rounds - violated.size(), rounds);
        violated.keySet().forEach(each -> out.printf("  violated: seed %d%n", each));
        out.flush();
        System.exit(violated.isEmpty() ? 0 : 1);
    }
}
