package dev.catchment.flow.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last requests, so that a test can say what was asked. Safe for many threads. */
final class RequestLog {

    static final int KEPT = 10_000;

    private final Deque<Request> requests = new ArrayDeque<>();

    synchronized void add(Request request) {
        requests.add(request);
        if (requests.size() > KEPT) {
            // The stand-in may serve for days.
            requests.remove();
        }
    }

    synchronized List<Request> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}
