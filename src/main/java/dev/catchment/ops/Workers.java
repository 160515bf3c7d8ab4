package dev.catchment.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who is at work in this process. Each run, and each that claims jobs, pages or messages, is a worker of its own: what one
 * could not give back, as the database was gone, is free as soon as it has ended, though its process lives.
 */
public final class Workers {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** This process and no other: the same host and process id may come again, in a container they always do. */
    private final String process =
            Node.name() + "/" + UUID.randomUUID().toString().substring(0, 8);

    private final Duration lease;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<String, Boolean> atWork = new ConcurrentHashMap<>();
    /** They are named in heartbeats until their lease would have ended by itself. */
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    private Instant lastBeat = Instant.MIN;
    private Instant steadySince = Instant.MAX;

    /** @param lease milliseconds after its last heartbeat for which the claims of a worker hold */
    public Workers(long lease) {
        this.lease = Duration.ofMillis(lease);
    }

    /** This process, with which the names of its workers begin: host:pid/start. */
    String process() {
        return process;
    }

    Duration lease() {
        return lease;
    }

    /** A worker begins; what it claims is its own from its first heartbeat on. @return its name */
    public String begin() {
        String worker = process + "-" + last.incrementAndGet();
        atWork.put(worker, true);
        return worker;
    }

    /** A worker ends: it sends no heartbeat any more. @param worker null if none began */
    public void end(String worker) {
        Instant now = Instant.now();
        ended.values().removeIf(at -> at.plus(lease).isBefore(now));
        if (worker != null && atWork.remove(worker) != null) {
            ended.put(worker, now);
            synchronized (atWork) {
                atWork.notifyAll();
            }
        }
    }

    /** Waits until none is at work. */
    void awaitNone() throws InterruptedException {
        synchronized (atWork) {
            while (!atWork.isEmpty()) {
                atWork.wait();
            }
        }
    }

    /** A heartbeat has come through. */
    public synchronized void beaten() {
        Instant now = Instant.now();
        if (lastBeat.plus(lease.dividedBy(2)).isBefore(now)) {
            steadySince = now;
        }
        lastBeat = now;
    }

    /**
     * Whether heartbeats of this process have come through for a lease, with no gap of half of one: where this process did not get
     * through, others that live may not have got through either.
     */
    public synchronized boolean isSteady() {
        Instant now = Instant.now();
        return lastBeat.plus(lease.dividedBy(2)).isAfter(now)
                && steadySince.plus(lease).isBefore(now);
    }

    /** The parameters of {@code ops/beat-workers}. */
    public Map<String, Object> beat() throws JsonProcessingException {
        return Map.of(
                "workers", JSON.writeValueAsString(List.copyOf(atWork.keySet())),
                "ended", JSON.writeValueAsString(List.copyOf(ended.keySet())),
                "lease", lease.toMillis());
    }
}
