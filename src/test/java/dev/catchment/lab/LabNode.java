package dev.catchment.lab;

import dev.catchment.support.CrawlProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One node: a process that something starts again when it ended, as systemd would, for as long as the round wants it. */
final class LabNode implements AutoCloseable {
    /** Told to end; told to end before it was up; killed. A node that drains by itself ends with 0. */
    private static final Set<Integer> ENDS = Set.of(0, 130, 143);
    /** Told to end, and not done after 30 s. */
    private static final int STUCK = 124;

    final int number;
    final TcpProxy way;
    private final Leavings leavings;
    final NodeClock clock;
    private final LabNetwork network;
    private final Map<String, String> settings;
    private final List<CrawlProcess> processes = new ArrayList<>();
    private final Thread keeper;
    private volatile boolean isWanted = true;
    private volatile boolean isPaused;
    private volatile CrawlProcess setBack;

    /** @param way to the database */
    LabNode(int number, TcpProxy way, LabNetwork network, Leavings leavings, Map<String, String> settings) {
        this.number = number;
        this.way = way;
        this.network = network;
        this.leavings = leavings;
        this.settings = new HashMap<>(settings);
        clock = new NodeClock(Path.of(settings.get("data.dir") + ".clock"));
        keeper = new Thread(this::keep, "lab-node-" + number);
        keeper.setDaemon(true);
        start();
        keeper.start();
    }

    private synchronized void start() {
        List<String> before = new ArrayList<>(network.before(number));
        before.addAll(clock.before());
        CrawlProcess process = CrawlProcess.service(before, settings);
        processes.add(process);
        try {
            leavings.node(process.handle());
        } catch (IllegalStateException isOver) {
            process.kill();
        }
    }

    private void keep() {
        while (isWanted) {
            CrawlProcess now = process();
            LockSupport.parkNanos(20_000_000);
            synchronized (this) {
                if (isWanted && now.hasEnded()) {
                    start();
                }
            }
        }
    }

    synchronized CrawlProcess process() {
        return processes.get(processes.size() - 1);
    }

    /**
     * Under a node that runs. Who comes back by an hour is started again, as an operator does: its timers would be silent for that hour,
     * and the client of Kafka would wait for it.
     */
    void setClock(long secondsAhead) {
        if (clock.secondsAhead() - secondsAhead > NodeClock.LONGEST_STEP_BACK) {
            setBack = process();
            terminate();
        }
        clock.set(secondsAhead);
    }

    void kill() {
        CrawlProcess process = process();
        isPaused = false;
        process.kill();
    }

    void terminate() {
        process().terminate();
    }

    void pause() {
        if (!process().hasEnded()) {
            process().pause();
            isPaused = true;
        }
    }

    void resume() {
        if (isPaused && !process().hasEnded()) {
            process().resume();
        }
        isPaused = false;
    }

    boolean isStarted() {
        return process().standardOutput().contains("Manage:");
    }

    /** Tells it to end, and does not start it again. */
    void leave() {
        synchronized (this) {
            isWanted = false;
        }
        resume();
        process().terminate();
    }

    int exitCode() {
        return process().exitCode();
    }

    /** If its clock came back by much while it ran, who waits at a Throttler, or for a broker, waits on: it is ended then. */
    boolean hasEndedAsTold() {
        return ENDS.contains(exitCode()) || exitCode() == STUCK && process() == setBack;
    }

    int starts() {
        return processes.size();
    }

    /** What all its processes said. */
    synchronized String said() {
        StringBuilder all = new StringBuilder();
        for (CrawlProcess each : processes) {
            all.append("---- node ")
                    .append(number)
                    .append(", process ")
                    .append(each.pid())
                    .append('\n');
            all.append(each.standardOutput()).append(each.standardError());
        }
        return all.toString();
    }

    /** The end of it. */
    String lastSaid() {
        String said = said();
        return said.substring(Math.max(0, said.length() - 2_000));
    }

    @Override
    public synchronized void close() {
        isWanted = false;
        processes.forEach(CrawlProcess::close);
    }
}
