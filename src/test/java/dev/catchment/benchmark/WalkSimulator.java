package dev.catchment.benchmark;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Nodes, workers, hosts and processors, one request after the other: a worker claims the source that is due longest of those whose
 * host has room, waits for the turn of the host and for its answer, reads the page, asks on while the server writes, and ends the
 * walk when all is written. Everything that waits is served in the order in which it came.
 */
public final class WalkSimulator {

    /**
     * What is walked.
     *
     * @param nodes processes @param workers of each @param walks of one host at a time
     * @param cores of each node; of the server; if shared, all nodes and the server have these together
     * @param pass what the walks find
     */
    public record Setup(
            int nodes, int workers, int walks, int cores, int serverCores, boolean isShared, WalkCosts.Pass pass) {}

    /** @param gap seconds between two requests @param latency seconds to an answer */
    public record Host(String name, double gap, double latency) {}

    /** @param host its number @param kilobytes of all its records */
    public record Source(int host, int requests, int datasets, double kilobytes) {}

    /**
     * What came of it.
     *
     * @param seconds until the last walk ended @param hostEnds when each host was done
     * @param nodeBusy, serverBusy share of their processors
     */
    public record Result(double seconds, long requests, double[] hostEnds, double nodeBusy, double serverBusy) {}

    /** Processors that take what comes first, first. */
    private static final class Processors {
        private final double[] freeAt;
        private double busy;

        Processors(int cores) {
            freeAt = new double[cores];
        }

        /** @return when it is done */
        double work(double at, double seconds) {
            int first = 0;
            for (int core = 1; core < freeAt.length; core++) {
                first = freeAt[core] < freeAt[first] ? core : first;
            }
            freeAt[first] = Math.max(at, freeAt[first]) + seconds;
            busy += seconds;
            return freeAt[first];
        }

        double share(double seconds) {
            return busy / freeAt.length / seconds;
        }
    }

    /** A walk under way. */
    private static final class Walk {
        private final int source;
        private final int node;
        private int left;
        private double writtenAt;
        private boolean hasTurn;

        Walk(int source, int node, int requests) {
            this.source = source;
            this.node = node;
            this.left = requests;
        }
    }

    private record Event(double at, long number, Walk walk) {}

    private final Setup setup;
    private final List<Host> hosts;
    private final List<Source> sources;
    private final WalkCosts costs;
    private final Processors[] nodes;
    private final Processors server;
    private final double[] nextTurn;
    private final double[] hostEnds;
    private final int[] walked;
    private final List<Deque<Integer>> waiting;
    private final PriorityQueue<Integer> due;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
    private final Deque<Integer> idle = new ArrayDeque<>();
    private long number;
    private long requests;

    /** @param sources in the order in which they are due */
    public WalkSimulator(Setup setup, List<Host> hosts, List<Source> sources, WalkCosts costs) {
        this.setup = setup;
        this.hosts = hosts;
        this.sources = sources;
        this.costs = costs;
        server = new Processors(setup.isShared() ? setup.cores() : setup.serverCores());
        nodes = new Processors[setup.nodes()];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = setup.isShared() ? server : new Processors(setup.cores());
        }
        nextTurn = new double[hosts.size()];
        hostEnds = new double[hosts.size()];
        walked = new int[hosts.size()];
        waiting = hosts.stream().<Deque<Integer>>map(host -> new ArrayDeque<>()).toList();
        due = new PriorityQueue<>();
        for (int source = 0; source < sources.size(); source++) {
            due.add(source);
        }
    }

    public Result run() {
        for (int worker = 0; worker < setup.workers(); worker++) {
            for (int node = 0; node < setup.nodes(); node++) {
                claim(0, node);
            }
        }
        double end = 0;
        while (!events.isEmpty()) {
            Event event = events.poll();
            end = event.at();
            step(event.at(), event.walk());
        }
        double seconds = end;
        return new Result(
                seconds,
                requests,
                hostEnds,
                Arrays.stream(nodes)
                        .mapToDouble(each -> each.share(seconds))
                        .average()
                        .orElseThrow(),
                server.share(seconds));
    }

    private void claim(double at, int node) {
        while (!due.isEmpty()) {
            int source = due.poll();
            int host = sources.get(source).host();
            if (walked[host] < setup.walks()) {
                walked[host]++;
                Walk walk = new Walk(source, node, sources.get(source).requests());
                then(at, walk);
                return;
            }
            waiting.get(host).add(source);
        }
        idle.add(node);
    }

    private void then(double at, Walk walk) {
        events.add(new Event(at, number++, walk));
    }

    private void step(double at, Walk walk) {
        Source source = sources.get(walk.source);
        Host host = hosts.get(source.host());
        if (walk.hasTurn) {
            answered(at, walk, source);
        } else if (walk.left > 0) {
            double turn = Math.max(at, nextTurn[source.host()]);
            nextTurn[source.host()] = turn + host.gap();
            walk.hasTurn = true;
            requests++;
            then(turn + host.latency(), walk);
        } else {
            end(at, walk, source);
        }
    }

    private void answered(double at, Walk walk, Source source) {
        walk.hasTurn = false;
        walk.left--;
        double read = nodes[walk.node].work(at, ofRequest(source, WalkCosts.Quantity.NODE_SECONDS));
        walk.writtenAt =
                Math.max(walk.writtenAt, server.work(read, ofRequest(source, WalkCosts.Quantity.SERVER_SECONDS)));
        if (walk.left > 0) {
            then(read, walk);
            return;
        }
        double closed = nodes[walk.node].work(
                Math.max(read, walk.writtenAt), costs.of(setup.pass(), WalkCosts.Quantity.NODE_SECONDS, 1, 0, 0, 0));
        then(server.work(closed, costs.of(setup.pass(), WalkCosts.Quantity.SERVER_SECONDS, 1, 0, 0, 0)), walk);
    }

    private double ofRequest(Source source, WalkCosts.Quantity quantity) {
        return costs.of(
                setup.pass(),
                quantity,
                0,
                1,
                (double) source.datasets() / source.requests(),
                source.kilobytes() / source.requests());
    }

    private void end(double at, Walk walk, Source source) {
        int host = source.host();
        hostEnds[host] = at;
        walked[host]--;
        if (!waiting.get(host).isEmpty()) {
            due.add(waiting.get(host).poll());
            // Who found nothing looks again.
            if (!idle.isEmpty()) {
                claim(at, idle.poll());
            }
        }
        claim(at, walk.node);
    }
}
