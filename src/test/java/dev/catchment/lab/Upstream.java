package dev.catchment.lab;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Fault;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.standin.StandIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A stand-in behind a proxy, and the ways in which the two go wrong. */
final class Upstream implements AutoCloseable {
    private static final List<Fault> QUEUED = List.of(
            Fault.THROTTLED_FOR_SECONDS,
            Fault.THROTTLED_UNTIL_DATE,
            Fault.THROTTLED,
            Fault.BROKEN,
            Fault.UNAVAILABLE,
            Fault.TRUNCATED,
            Fault.HTML,
            Fault.DROPPED,
            Fault.HANG,
            Fault.EMPTY,
            Fault.UNSORTED,
            Fault.NOT_ADVANCING,
            Fault.EMPTY_PAGE);
    /** Two walks or two regions have a page on its way each: it may be late, and the next one in time. */
    private static final int SLACK = 2;

    private static final Duration LATEST = Duration.ofSeconds(10);
    private static final Map<String, Answer> ANSWERS = answers();

    final StandIn standIn;
    private final String address;
    private final TcpProxy way;
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();

    /** @param address by which nodes know it */
    Upstream(String address, StandIn standIn, int port) {
        this.address = address;
        this.standIn = standIn;
        way = TcpProxy.to(port);
        standIn.override(request -> Optional.ofNullable(answers.poll()));
    }

    private static Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("408", Answer.html(408, "Request Timeout"));
        answers.put("502", Answer.html(502, "Bad Gateway"));
        answers.put("503 with Retry-After", Answer.html(503, "Maintenance").with("Retry-After", "1"));
        answers.put("504", Answer.html(504, "Gateway Timeout"));
        answers.put("401", Answer.json(401, "{\"error\":\"unauthorized\"}"));
        answers.put("403", Answer.json(403, "{\"error\":\"forbidden\"}"));
        answers.put("404", Answer.json(404, "{\"error\":\"not found\"}"));
        answers.put(
                "redirect to another host", Answer.html(302, "Moved").with("Location", "http://127.0.0.99:9/moved"));
        answers.put("gateway page in another language", Answer.html(200, "Seite vorübergehend nicht verfügbar"));
        answers.put("a BOM alone", Answer.json(200, "\uFEFF"));
        answers.put("null", Answer.json(200, "null"));
        answers.put("an empty object", Answer.json(200, "{}"));
        return answers;
    }

    int port() {
        return way.port();
    }

    /** For a round of its own. */
    void begin(Duration latency) {
        calm();
        standIn.forget();
        standIn.setLatency(latency);
    }

    /** @return the name of the fault */
    String fault(Random random, HeldUp heldUp) {
        int which = random.nextInt(QUEUED.size() + ANSWERS.size() + 3);
        int times = 1 + random.nextInt(3);
        if (which < QUEUED.size()) {
            Fault fault = QUEUED.get(which);
            heldUp.at(address, fault == Fault.HANG ? times : 0);
            for (int i = 0; i < times; i++) {
                standIn.next(fault);
            }
            return fault + " × " + times;
        }
        if (which < QUEUED.size() + ANSWERS.size()) {
            String name = new ArrayList<>(ANSWERS.keySet()).get(which - QUEUED.size());
            for (int i = 0; i < times; i++) {
                answers.add(ANSWERS.get(name));
            }
            return name + " × " + times;
        }
        heldUp.at(address, 2); // what was held up on the way comes together with what was not
        return switch (which - QUEUED.size() - ANSWERS.size()) {
            case 0 -> {
                way.reset();
                yield "connections reset";
            }
            case 1 -> {
                way.cut(true);
                yield "black-holed";
            }
            default -> {
                way.slow(40);
                yield "drips";
            }
        };
    }

    /** Whether it was asked more often than it may be. */
    List<String> beyondBudget(String where, double gapMillis, HeldUp heldUp) {
        List<Instant> asked = standIn.requests().stream().map(Request::at).toList();
        return beyondBudget(where, asked, gapMillis, heldUp.of(address));
    }

    void mend() {
        way.cut(false);
        way.slow(0);
    }

    void calm() {
        mend();
        answers.clear();
    }

    /**
     * Whether a host was asked more often than it may be: over every stretch of requests, of which some may have been late.
     *
     * @param gapMillis between two requests
     * @param late      one for each request that may have been held up on its way since then
     */
    static List<String> beyondBudget(String where, List<Instant> requests, double gapMillis, List<Instant> late) {
        List<Instant> times = requests.stream().sorted().toList();
        for (int from = 0; from < times.size(); from++) {
            for (int to = from + SLACK + 1; to < times.size(); to++) {
                Instant first = times.get(from).minus(LATEST);
                Instant last = times.get(to);
                long slack = SLACK
                        + late.stream()
                                .filter(each -> each.isAfter(first) && each.isBefore(last))
                                .count();
                double took = Duration.between(times.get(from), times.get(to)).toMillis();
                // A request may be late by what the machine is busy with, and the next one in time.
                if (took < (to - from - slack) * gapMillis * 0.9 - 100) {
                    return List.of("%s: beyond its budget: %d requests within %.0f ms at one in %.0f ms, from %s on"
                            .formatted(where, to - from + 1, took, gapMillis, times.get(from)));
                }
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        way.close();
    }
}
