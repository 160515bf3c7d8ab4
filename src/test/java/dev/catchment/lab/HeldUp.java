package dev.catchment.lab;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Requests that may be held up on their way, and come together with later ones: one for each, with the moment when that began. */
final class HeldUp {
    /** Ours, at the receiving end. */
    private static final long BLINK = 50_000_000;

    private static final long NAP = 10_000_000;

    private record One(Instant at, String address) {}

    private final List<One> all = new CopyOnWriteArrayList<>();

    /** So many to whatever address, by what happens to a node, to the server, or to this machine. */
    void everywhere(int requests) {
        at(null, requests);
    }

    /** So many to an address, by what happens to it alone. */
    void at(String address, int requests) {
        for (int i = 0; i < requests; i++) {
            all.add(new One(Instant.now(), address));
        }
    }

    List<Instant> of(String address) {
        return all.stream()
                .filter(each -> each.address == null || each.address.equals(address))
                .map(One::at)
                .toList();
    }

    /** Writes down when nothing of this process got on: it is the machine that held up what came then. */
    void watch() {
        long last = System.nanoTime();
        while (!Thread.interrupted()) {
            LockSupport.parkNanos(NAP);
            long now = System.nanoTime();
            everywhere((int) ((now - last) / BLINK));
            last = now;
        }
    }
}
