package dev.catchment.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.Running;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The watches of this process. */
public final class Watches {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A server that is not to be asked for longer is left to a later watch. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Running running;
    private final int workers;
    private final long recent;
    private final int alarmAfter;
    private final AtomicInteger last = new AtomicInteger();
    /** Only these beat: a page whose check could not be written, as the database was gone, is free again by its silence. */
    private final Set<String> working = ConcurrentHashMap.newKeySet();

    /**
     * @param workers pages checked side by side
     * @param recent milliseconds: what a page said within them, it may be saying again by mistake
     * @param alarmAfter failures in a row after which operators are told
     */
    public Watches(Running running, int workers, long recent, int alarmAfter) {
        this.running = running;
        this.workers = workers;
        this.recent = recent;
        this.alarmAfter = alarmAfter;
    }

    public Watch begin(WatchOrder order, RunStart start) {
        Watch watch = new Watch(order, start, new Claim.Terms(recent, PATIENCE.toMillis()), alarmAfter);
        running.begun(watch);
        return watch;
    }

    /** A name for each worker of a watch. @param node this process, as the ledger names it */
    public List<String> workers(String node) {
        return IntStream.range(0, workers).mapToObj(i -> worker(node)).toList();
    }

    public void begins(String worker) {
        working.add(worker);
    }

    public void ends(String worker) {
        working.remove(worker);
    }

    /** With those that check pages now. @param turns the other parameters of {@code policy/beat-claims} */
    public Map<String, Object> beating(Map<String, Object> turns) throws JsonProcessingException {
        Map<String, Object> beating = new HashMap<>(turns);
        beating.put("workers", JSON.writeValueAsString(working));
        return beating;
    }

    /** A name for one who claims pages and servers. */
    public String worker(String node) {
        return node + "/" + last.incrementAndGet();
    }

    /** Begins to rebuild texts. @param node this process, as the ledger names it */
    public Renormalisation beginRenormalisation(RunStart start, String node) {
        Renormalisation renormalisation = new Renormalisation(start, worker(node));
        running.begun(renormalisation);
        return renormalisation;
    }
}
