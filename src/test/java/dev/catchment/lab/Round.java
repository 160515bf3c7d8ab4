package dev.catchment.lab;

import dev.catchment.cli.Cli;
import dev.catchment.postgres.Sql;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.camel.util.FileUtil;

/** One round: a world, nodes, faults at their times, quiet, and what the oracle says. */
final class Round {
    /** Longer than a node that was slow because the machine is, shorter than a night. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(2);

    private static final long LONGEST_LEASE = 4_000;

    private final Lab lab;
    private final Plan plan;
    /** Shorter in a short round, for what a dead node held is waited for. */
    private final long lease;

    private final PrintWriter out;
    private final List<LabNode> nodes = new ArrayList<>();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4, task -> {
        Thread thread = new Thread(task, "lab-later");
        thread.setDaemon(true);
        return thread;
    });
    private LabDatabase database;
    private final HeldUp heldUp = new HeldUp();
    private long begun;

    Round(Lab lab, Plan plan, PrintWriter out) {
        this.lab = lab;
        this.plan = plan;
        lease = Math.min(LONGEST_LEASE, 1_000 + plan.troubleMillis() / 2);
        this.out = out;
    }

    /** @return what is wrong; nothing, if all is well */
    List<String> run() throws IOException {
        String name = "round_" + Math.abs(plan.seed());
        Path folder = Files.createTempDirectory(lab.folder(), "round");
        lab.server().calm(); // a round that broke off left it as it was
        database = lab.server().database(name);
        Random random = new Random(plan.seed());
        for (LabRoom room : lab.rooms()) {
            room.begin(random, database, folder.resolve("node-0"));
        }
        begun = System.nanoTime();
        Thread pulse = new Thread(heldUp::watch, "lab-pulse");
        pulse.setDaemon(true);
        pulse.start();
        List<String> wrong = new ArrayList<>();
        try {
            for (int number = 0; number < plan.nodes(); number++) {
                nodes.add(node(number, name, folder));
            }
            if (!await(LONGEST_REST, () -> nodes.stream().allMatch(LabNode::isStarted) ? "" : "not yet")
                    .isEmpty()) {
                throw new AssertionError("a node does not start: "
                        + nodes.stream().map(LabNode::lastSaid).toList());
            }
            say("%d node%s started%n", plan.nodes(), plan.nodes() == 1 ? "" : "s");
            trouble();
            wrong.addAll(quiet());
            wrong.addAll(end());
            wrong.addAll(oracle(folder));
        } catch (AssertionError e) {
            wrong.add(e.getMessage());
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (lab.leavings().isOver()) {
                throw e; // the lab was told to end
            }
            wrong.add("the lab itself failed, and knows nothing of the nodes: " + e);
        } finally {
            pulse.interrupt();
            later.shutdownNow();
            nodes.forEach(LabNode::close);
            nodes.forEach(node -> node.way.close());
            if (!wrong.isEmpty()) {
                Path said = folder.resolve("said.log");
                StringBuilder all = new StringBuilder();
                nodes.forEach(node -> all.append(node.said()));
                Files.writeString(said, all);
                say("What the nodes said is in %s, and the database %s stays.%n", said, name);
            } else {
                lab.server().drop(name);
                FileUtil.removeDir(folder.toFile());
            }
        }
        return wrong;
    }

    private LabNode node(int number, String name, Path folder) throws IOException {
        TcpProxy way = TcpProxy.to(lab.server().port());
        Map<String, String> settings = new HashMap<>(Map.of(
                "ops.lease", lease + "ms",
                "http.requests-per-second", "20",
                "http.retry-delay", "50ms",
                "http.max-retry-delay", "3s",
                "http.max-retries", "2",
                "http.timeout", "2s",
                "postgres.connection-timeout", "5s",
                "web.port", "off",
                "log.format", "text"));
        lab.rooms().forEach(room -> settings.putAll(room.settings()));
        if (lab.rooms().stream().anyMatch(room -> room.name().equals("web"))) {
            String[] address = lab.network().nodeAddress(number).split(":");
            settings.put("web.host", address[0]);
            settings.put("web.port", address[1]);
        }
        settings.put(
                "data.dir",
                Files.createDirectories(folder.resolve("node-" + number)).toString());
        settings.put("database.url", lab.server().urlBy(lab.network().address(1), way.port(), name));
        settings.put("node.rooms", lab.roomsOf(number));
        return new LabNode(number, way, lab.network(), lab.leavings(), settings);
    }

    private void say(String words, Object... values) {
        out.printf("  %6.1f s  " + words, prefixed(values));
        out.flush();
    }

    private Object[] prefixed(Object... values) {
        List<Object> all = new ArrayList<>(List.of((System.nanoTime() - begun) / 1e9));
        all.addAll(List.of(values));
        return all.toArray();
    }

    private void trouble() {
        long start = System.nanoTime();
        long nextAsk = 0;
        List<Plan.Event> left = new ArrayList<>(plan.events());
        while (!left.isEmpty() || millisSince(start) < plan.troubleMillis()) {
            if (!left.isEmpty() && left.get(0).at() <= millisSince(start)) {
                happen(left.remove(0));
            } else if (millisSince(start) >= nextAsk) {
                nextAsk = millisSince(start) + 1_000;
                ask();
            } else {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private void ask() {
        try {
            lab.rooms().forEach(room -> room.ask(database));
        } catch (IllegalStateException serverIsAway) {
            heldUp.everywhere(1);
        }
    }

    private void happen(Plan.Event event) {
        LabRoom room = lab.rooms().get(event.room());
        Random random = new Random(event.seed());
        switch (event.what()) {
            case CHANGE -> say("%s: %s%n", room.name(), room.change(random));
            case UPSTREAM -> {
                say("%s goes wrong: %s%n", room.name(), room.fault(random, heldUp));
                after(1_000 + random.nextInt(2_000), room::mend);
            }
            default -> {
                say("%s, node %d%n", event.fault(), event.node());
                happen(event.fault(), nodes.get(event.node()), random);
            }
        }
    }

    private void after(long millis, Runnable task) {
        later.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private void happen(Plan.Fault fault, LabNode node, Random random) {
        if (fault != Plan.Fault.PART_FROM_UPSTREAM) {
            heldUp.everywhere(4);
        }
        long longer = lease + 500 + random.nextInt(2_000);
        long shorter = 500 + random.nextInt(2_500);
        switch (fault) {
            case KILL -> node.kill();
            case TERMINATE -> node.terminate();
            case FREEZE -> {
                node.pause();
                after(longer, node::resume);
            }
            case FREEZE_AND_KILL_ANOTHER -> {
                node.pause();
                after(longer, node::resume);
                if (nodes.size() > 1) {
                    nodes.get((node.number + 1) % nodes.size()).kill();
                }
            }
            case KILL_ALL -> nodes.forEach(LabNode::kill);
            case CUT_FROM_DATABASE -> {
                node.way.cut(true);
                after(longer, () -> node.way.cut(false));
            }
            case RESET_FROM_DATABASE -> node.way.reset();
            case SLOW_TO_DATABASE -> {
                node.way.slow(20);
                after(longer, () -> node.way.slow(0));
            }
            case PART_FROM_DATABASE -> {
                lab.network().part(node.number, 1);
                after(longer, () -> lab.network().join(node.number));
            }
            case PART_FROM_UPSTREAM -> {
                int address = 2 + random.nextInt(LabNetwork.ADDRESSES - 1);
                heldUp.at(lab.network().address(address), 4);
                lab.network().part(node.number, address);
                after(longer, () -> lab.network().join(node.number));
            }
            case PART_FROM_ALL_UPSTREAM -> {
                for (int address = 2; address <= LabNetwork.ADDRESSES; address++) {
                    lab.network().part(node.number, address);
                }
                after(longer, () -> lab.network().join(node.number));
            }
            case TERMINATE_ONE_BACKEND -> lab.server().terminate(database.url().database(), 1);
            case TERMINATE_ALL_BACKENDS -> lab.server().terminate(database.url().database(), 100);
            case RESTART_SMART -> restart("smart");
            case RESTART_FAST -> restart("fast");
            case RESTART_IMMEDIATE -> restart("immediate");
            case LOCK -> after(0, () -> lock(shorter));
            case READ_ONLY -> {
                lab.server().set("default_transaction_read_only", "on");
                after(shorter, () -> lab.server().reset());
            }
            case SHORT_STATEMENT_TIMEOUT -> {
                lab.server().set("statement_timeout", "10ms");
                after(shorter, () -> lab.server().reset());
            }
            case CROWDED -> after(0, () -> database.crowd(shorter));
            case CLOCK_AHEAD -> setClock(node, NodeClock.ahead(random), random.nextBoolean() ? longer : 0);
            case CLOCK_BEHIND -> setClock(node, NodeClock.behind(random), random.nextBoolean() ? longer : 0);
            default -> {
                if (!lab.server().fill()) {
                    say("skipped: no small file system can be mounted here%n");
                }
                after(shorter, () -> lab.server().makeRoom());
            }
        }
    }

    /** Its clock is set while it runs. @param millis after which it is right again; 0: not in this round */
    private void setClock(LabNode node, long seconds, long millis) {
        if (!NodeClock.canBeSet()) {
            say("skipped: there is no C compiler here%n");
            return;
        }
        node.setClock(seconds);
        if (millis > 0) {
            after(millis, () -> node.setClock(0));
        }
    }

    private void restart(String mode) {
        lab.server().stop(mode);
        lab.server().startAgain();
    }

    /** Somebody else holds what every run writes. */
    private void lock(long millis) {
        try (Connection connection = Sql.connect(database.url(), database.url().password());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set lock_timeout = '2s'");
            statement.execute("lock table ops.runs in exclusive mode");
            LockSupport.parkNanos(millis * 1_000_000);
            connection.rollback();
        } catch (SQLException somebodyWasFaster) {
            say("the lock was not to be had: %s%n", somebodyWasFaster.getMessage());
        }
    }

    /** The faults end, the world stands still, and the nodes come to rest. */
    private List<String> quiet() {
        lab.rooms().forEach(LabRoom::calm);
        lab.server().calm();
        for (LabNode node : nodes) {
            node.way.cut(false);
            node.way.slow(0);
            lab.network().join(node.number);
            node.resume();
        }
        String since = database.now();
        say("quiet%n");
        List<String> wrong = new ArrayList<>();
        for (boolean isFollowing : new boolean[] {false, true}) {
            wrong.addAll(rest(
                    lab.rooms().stream()
                            .filter(room -> room.isFollowing() == isFollowing)
                            .toList(),
                    since));
        }
        return wrong;
    }

    private String unrest(LabRoom room, String since) {
        try {
            return room.unrest(database, since);
        } catch (IllegalStateException crowdedYet) {
            return crowdedYet.getMessage();
        }
    }

    /** Waits for some rooms at the same time. @return those that do not come to rest */
    private List<String> rest(List<LabRoom> rooms, String since) {
        Map<LabRoom, String> restless = new LinkedHashMap<>();
        rooms.forEach(room -> restless.put(room, ""));
        await(LONGEST_REST, () -> {
            restless.replaceAll((room, before) -> unrest(room, since));
            restless.entrySet().removeIf(each -> {
                if (each.getValue().isEmpty()) {
                    say("%s is at rest%n", each.getKey().name());
                }
                return each.getValue().isEmpty();
            });
            return restless.isEmpty() ? "" : "not yet";
        });
        return restless.entrySet().stream()
                .map(each -> each.getKey().name() + " does not come to rest: " + each.getValue())
                .toList();
    }

    /** @return empty, or what was still waited for at the end */
    private static String await(Duration longest, Supplier<String> look) {
        long end = System.nanoTime() + longest.toNanos();
        String last = look.get();
        while (!last.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000_000);
            last = look.get();
        }
        return last;
    }

    /** All nodes are told to end. */
    private List<String> end() {
        nodes.forEach(LabNode::leave);
        List<String> wrong = new ArrayList<>();
        for (LabNode node : nodes) {
            if (!node.hasEndedAsTold()) {
                wrong.add(
                        "node %d ended with exit code %d when it was told to".formatted(node.number, node.exitCode()));
            }
        }
        return wrong;
    }

    private List<String> oracle(Path folder) throws IOException {
        List<String> wrong = new ArrayList<>();
        database.texts("select concat_ws(' ', id, room, flow, scope, node) from ops.runs where status = 'running'")
                .forEach(run -> wrong.add("a run was left open: " + run));
        for (LabRoom room : lab.rooms()) {
            wrong.addAll(room.violations(database, heldUp));
            if (room.hasVerify()) {
                Cli.Said said = Cli.on(database.url().connectionUrl())
                        .with("DATA_DIR", folder.resolve("node-0").toString())
                        .run("verify", room.name());
                if (said.code() != 0) {
                    wrong.add("verify %s: exit code %d%n%s%s"
                            .formatted(room.name(), said.code(), said.out(), said.err()));
                }
            }
        }
        List<String> counts = database.texts(
                "select concat_ws(' ', room, status, count(*)) from ops.runs group by room, status order by room, status");
        say(
                "runs: %s; starts of nodes: %s%n",
                counts, nodes.stream().map(LabNode::starts).toList());
        return wrong;
    }
}
