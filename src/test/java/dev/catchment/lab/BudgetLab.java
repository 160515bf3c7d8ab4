package dev.catchment.lab;

import dev.catchment.benchmark.ScaleCosts;
import dev.catchment.benchmark.WalkCosts;
import dev.catchment.benchmark.WalkSimulator;
import dev.catchment.cli.Cli;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * {@code ./mvnw -q -P lab exec:exec -Dlab=BudgetLab -Dlab.seed=S [-Dlab.faults=50]}: three nodes walk 500 sources on 20 hosts while
 * nodes are killed, frozen and parted; what came of it is checked, and its time compared with what the budgets of the hosts allow.
 * See docs/lab.md.
 */
public final class BudgetLab {
    private static final int NODES = LabNetwork.MOST_NODES;
    private static final int HOSTS = 20;
    private static final int SOURCES = Integer.getInteger("lab.sources", 500);
    private static final long LEASE_MILLIS = 4_000;
    private static final int WALKS_A_HOST = 4;
    private static final int WORKERS = 30;
    /** Of what the budgets allow. */
    private static final double TO_REACH = 1.15;

    private static final String WAL = "select (pg_current_wal_insert_lsn() - '0/0')::bigint";

    private static final List<Plan.Fault> FAULTS =
            List.of(Plan.Fault.KILL, Plan.Fault.FREEZE, Plan.Fault.PART_FROM_DATABASE, Plan.Fault.PART_FROM_UPSTREAM);

    private final long seed;
    private final Leavings leavings;
    private final LabNetwork network;
    private final LabServer server;
    private final BudgetHosts hosts;
    private final Path folder;
    private final List<LabNode> nodes = new ArrayList<>();
    private final List<Instant> late = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4, task -> {
        Thread thread = new Thread(task, "lab-later");
        thread.setDaemon(true);
        return thread;
    });
    private long begun;

    private BudgetLab(long seed, Path labs, Leavings leavings, LabNetwork network, LabServer server)
            throws IOException {
        this.seed = seed;
        this.leavings = leavings;
        this.network = network;
        this.server = server;
        folder = Files.createTempDirectory(labs, "budget");
        hosts = new BudgetHosts(
                new Random(seed),
                SOURCES,
                folder.resolve("kinds"),
                IntStream.rangeClosed(2, HOSTS + 1).mapToObj(network::address).toList());
    }

    /** Exit code 1 if anything is wrong, or took too long. */
    public static void main(String[] arguments) throws Exception {
        long seed = Long.getLong("lab.seed", 1);
        int faults = Integer.getInteger("lab.faults", 50);
        Path labs = Files.createDirectories(Path.of("target", "lab")).toAbsolutePath();
        Leavings leavings = Leavings.begin(labs);
        Runtime.getRuntime().addShutdownHook(new Thread(leavings::close));
        LabNetwork network = LabNetwork.open(HOSTS + 1, leavings);
        if (!network.isApart()) {
            throw new IllegalStateException("It needs network namespaces: run it as root on Linux.");
        }
        List<String> wrong = new BudgetLab(seed, labs, leavings, network, LabServer.start(leavings)).run(faults);
        wrong.forEach(each -> System.out.println("VIOLATED: " + each));
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    private List<String> run(int faults) throws Exception {
        LabDatabase database = server.database("budget");
        hosts.add(database);
        List<String> wrong = new ArrayList<>();
        begun = System.nanoTime();
        try (LeaseWatch leases = new LeaseWatch(database, LEASE_MILLIS)) {
            for (int number = 0; number < NODES; number++) {
                nodes.add(node(number));
            }
            await(
                    "the nodes have started",
                    Duration.ofMinutes(2),
                    () -> nodes.stream().allMatch(LabNode::isStarted));
            long used = database.number(ScaleCosts.USED);
            long wal = database.number(WAL);
            begun = System.nanoTime();
            Instant start = Instant.now();
            database.execute("update harvest.sources set is_active = true, due_at = now()");
            plan(faults)
                    .forEach(event -> later.schedule(() -> happen(event, leases), event.at(), TimeUnit.MILLISECONDS));
            await(
                    "all sources are walked",
                    Duration.ofMillis((long) (hosts.bestSeconds() * 3_000)),
                    () -> database.number("select count(distinct source_id) from harvest.walks where is_complete")
                                    == SOURCES
                            && database.number("select count(*) from ops.runs where status = 'running'") == 0);
            later.shutdownNow();
            double seconds =
                    database.number("select (extract(epoch from max(finished_at)) * 1000)::bigint from ops.runs") / 1e3
                            - start.toEpochMilli() / 1e3;
            wrong.addAll(leases.violations());
            report(seconds, database, leases);
            compare(seconds, database.number(ScaleCosts.USED) - used, database.number(WAL) - wal);
            wrong.addAll(end());
            wrong.addAll(new BudgetOracle(hosts, database).violations(late));
            verify(database, wrong);
            if (seconds > TO_REACH * hosts.bestSeconds()) {
                wrong.add("it took %.1f s, more than %.2f × %.1f s".formatted(seconds, TO_REACH, hosts.bestSeconds()));
            }
        } finally {
            later.shutdownNow();
            nodes.forEach(LabNode::close);
            nodes.forEach(node -> node.way.close());
            hosts.close();
            StringBuilder said = new StringBuilder();
            nodes.forEach(node -> said.append(node.said()));
            Files.writeString(folder.resolve("said.log"), said);
        }
        return wrong;
    }

    private LabNode node(int number) throws IOException {
        TcpProxy way = TcpProxy.to(server.port());
        Map<String, String> settings = new HashMap<>(Map.of(
                "ops.lease", LEASE_MILLIS + "ms",
                "http.timeout", "2s",
                "harvest.http.timeout", "2s",
                "harvest.cron", "* * * * * ?",
                "harvest.workers", String.valueOf(WORKERS),
                "harvest.walks-per-host", String.valueOf(WALKS_A_HOST),
                "harvest.http.allow-private", "true",
                "postgres.connection-timeout", "5s",
                "web.port", "off",
                "log.format", "text"));
        settings.put("node.rooms", "harvest");
        settings.put("kinds.dir", folder.resolve("kinds").toString());
        settings.put(
                "data.dir",
                Files.createDirectories(folder.resolve("node-" + number)).toString());
        settings.put("database.url", server.urlBy(network.address(1), way.port(), "budget"));
        return new LabNode(number, way, network, leavings, settings);
    }

    /** Faults while most of the walks are still to come. */
    private List<Plan.Event> plan(int faults) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        int millis = (int) (hosts.bestSeconds() * 950);
        return IntStream.range(0, faults)
                .mapToObj(i -> new Plan.Event(
                        random.nextInt(millis),
                        Plan.What.FAULT,
                        0,
                        FAULTS.get(random.nextInt(FAULTS.size())),
                        random.nextInt(NODES),
                        random.nextLong()))
                .sorted(Comparator.comparingLong(Plan.Event::at))
                .toList();
    }

    private void happen(Plan.Event event, LeaseWatch leases) {
        LabNode node = nodes.get(event.node());
        long longer = LEASE_MILLIS + 500 + new Random(event.seed()).nextInt(2_000);
        long pid = node.process().pid();
        IntStream.range(0, 4).forEach(i -> late.add(Instant.now()));
        say("%s%n", event);
        switch (event.fault()) {
            case KILL -> {
                node.kill();
                leases.silent(pid);
            }
            case FREEZE -> {
                node.pause();
                leases.silent(pid);
                after(longer, () -> {
                    leases.heard(pid);
                    node.resume();
                });
            }
            case PART_FROM_DATABASE -> {
                network.part(node.number, 1);
                leases.silent(pid);
                after(longer, () -> join(node, leases, pid));
            }
            default -> {
                network.part(node.number, 2 + new Random(event.seed() + 1).nextInt(HOSTS));
                after(longer, () -> join(node, leases, pid));
            }
        }
    }

    private void join(LabNode node, LeaseWatch leases, long pid) {
        if (node.process().pid() == pid) {
            leases.heard(pid);
        }
        network.join(node.number);
    }

    private void after(long millis, Runnable task) {
        later.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private void say(String words, Object... values) {
        System.out.printf("%6.1f s  %s", (System.nanoTime() - begun) / 1e9, words.formatted(values));
    }

    /** Gives up after a while. */
    private static void await(String what, Duration longest, BooleanSupplier isSo) {
        long end = System.nanoTime() + longest.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + longest + ": " + what);
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private void report(double seconds, LabDatabase database, LeaseWatch leases) {
        Map<String, List<Instant>> asked = hosts.asked();
        for (BudgetHosts.Host host : hosts.hosts()) {
            List<Instant> times = asked.get(host.address()).stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "host %s: one request in %d ms, latency %d ms: %d requests needed, %d asked, %d refused; budget %.0f s, asked for %.1f s%n",
                    host.address(),
                    host.gapMillis(),
                    host.latencyMillis(),
                    hosts.needed(host),
                    times.size(),
                    host.refused(),
                    hosts.seconds(host),
                    Duration.between(times.get(0), times.get(times.size() - 1)).toMillis() / 1e3);
        }
        System.out.printf(
                Locale.ROOT,
                "starts of nodes %s; %s; runs %s; %d sources were walked once more%n",
                nodes.stream().map(LabNode::starts).toList(),
                leases.described(),
                database.texts("select status || ' ' || count(*) from ops.runs group by status order by status"),
                new BudgetOracle(hosts, database).walkedAgain());
        System.out.printf(
                Locale.ROOT,
                "seed %d: %d sources, %d hosts, %d nodes: %.1f s; the budgets allow %.1f s: ratio %.3f; load %.1f%n",
                seed,
                SOURCES,
                HOSTS,
                NODES,
                seconds,
                hosts.bestSeconds(),
                seconds / hosts.bestSeconds(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The simulation knows nothing of faults. */
    private void compare(double seconds, long disk, long wal) throws IOException {
        WalkCosts costs = WalkCosts.measured();
        int cores = Runtime.getRuntime().availableProcessors();
        double reckoned = hosts.simulated(
                        new WalkSimulator.Setup(NODES, WORKERS, WALKS_A_HOST, cores, cores, true, WalkCosts.Pass.FIRST),
                        costs)
                .seconds();
        System.out.printf(
                Locale.ROOT,
                "reckoned %.1f s, measured %.1f s; disk %.1f MB, measured %.1f MB; WAL %.1f MB, measured %.1f MB%n",
                reckoned,
                seconds,
                hosts.simulated(WalkCosts.Quantity.DISK, costs) / 1e6,
                disk / 1e6,
                hosts.simulated(WalkCosts.Quantity.WAL, costs) / 1e6,
                wal / 1e6);
    }

    private List<String> end() {
        nodes.forEach(node -> network.join(node.number));
        nodes.forEach(LabNode::leave);
        return nodes.stream()
                .filter(node -> !node.hasEndedAsTold())
                .map(node ->
                        "node %d ended with exit code %d when it was told to".formatted(node.number, node.exitCode()))
                .toList();
    }

    private void verify(LabDatabase database, List<String> wrong) throws IOException {
        Cli.Said said = Cli.on(database.url().connectionUrl())
                .with("DATA_DIR", folder.resolve("node-0").toString())
                .run("verify", "harvest");
        if (said.code() != 0) {
            wrong.add("verify harvest: exit code %d%n%s%s".formatted(said.code(), said.out(), said.err()));
        }
    }
}
