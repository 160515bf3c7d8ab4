package dev.catchment.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.benchmark.WalkCosts;
import dev.catchment.benchmark.WalkSimulator;
import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Request;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.KindServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sources of drawn sizes on hosts that answer late and refuse who asks more often than they allow: 429 with {@code Retry-After}.
 * Every second host allows one request a second, the others one in two seconds, and has half as many sources.
 */
final class BudgetHosts implements AutoCloseable {
    static final int PAGE = 10;
    /** After the last full page a walk asks on, and finds nothing. */
    static final int REQUESTS_OF_THE_END = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FEWEST_PAGES = 2;
    private static final int MOST_PAGES = 10;
    /** So many requests may come too early, one after the other, before a host refuses one. */
    private static final int BURST = 3;

    private static final String KIND = """
            kind: budget-%d
            title: Of a host with a budget
            request: { url: "{source.url}/list" }
            records: /items
            total: /count
            key: { at: [/id] }
            modified: { at: /changed }
            order: { by: key, stable: true }
            page: { by: offset, params: { from: start, size: rows }, size: %d, end: [empty-page, total] }
            polite: { requests-per-second: %s, concurrent: 4 }
            """;

    private final List<Host> hosts = new ArrayList<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final KindServer server;

    /** A host, what it allows, and how it was asked. */
    static final class Host {
        private final String address;
        private final long gapMillis;
        private final long latencyMillis;
        private final AtomicInteger refused = new AtomicInteger();
        private long freeAt;

        Host(String address, long gapMillis, long latencyMillis) {
            this.address = address;
            this.gapMillis = gapMillis;
            this.latencyMillis = latencyMillis;
        }

        String address() {
            return address;
        }

        long gapMillis() {
            return gapMillis;
        }

        long latencyMillis() {
            return latencyMillis;
        }

        int refused() {
            return refused.get();
        }

        /** Whether it answers, or has been asked too often. */
        private synchronized boolean allows(Instant at) {
            long now = at.toEpochMilli();
            if (freeAt - now > BURST * gapMillis) {
                refused.incrementAndGet();
                return false;
            }
            freeAt = Math.max(freeAt, now) + gapMillis;
            return true;
        }
    }

    /** A source and how many records it has. */
    record Source(String name, Host host, int records) {
        String title(int number) {
            return "Dataset %d of %s".formatted(number, name);
        }

        int pages() {
            return (records + PAGE - 1) / PAGE;
        }

        int requests() {
            return pages() + REQUESTS_OF_THE_END;
        }
    }

    /** @param folder of the kinds @param addresses one for each host */
    BudgetHosts(Random random, int count, Path folder, List<String> addresses) {
        long[] gaps = {2_000, 1_000};
        try {
            Files.createDirectories(folder);
            for (long gap : gaps) {
                Files.writeString(folder.resolve("budget-" + gap + ".kind.yaml"), kind(gap));
                Files.writeString(folder.resolve("budget-" + gap + ".sql"), HarvestRig.MAPPING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Host> deck = new ArrayList<>();
        for (String address : addresses) {
            Host host = new Host(address, gaps[hosts.size() % gaps.length], 100 + random.nextInt(401));
            hosts.add(host);
            deck.addAll(Collections.nCopies((int) (gaps[0] / host.gapMillis), host));
        }
        for (int i = 0; i < count; i++) {
            String name = "s-" + i;
            int pages = FEWEST_PAGES + random.nextInt(MOST_PAGES - FEWEST_PAGES + 1);
            int records = pages * PAGE - random.nextInt(PAGE);
            sources.put(name, new Source(name, deck.get(i % deck.size()), records));
        }
        server = KindServer.start(HarvestRig.kind("budget-" + gaps[0], kind(gaps[0])));
        server.standIn().override(this::answer);
    }

    private static String kind(long gap) {
        return KIND.formatted(gap, PAGE, gap == 1_000 ? "1" : "0.5");
    }

    List<Host> hosts() {
        return List.copyOf(hosts);
    }

    List<Source> sources() {
        return List.copyOf(sources.values());
    }

    Source source(String name) {
        return sources.get(name);
    }

    /** Makes the sources known, and none of them due. */
    void add(LabDatabase database) {
        int port = URI.create(server.url()).getPort();
        database.execute(sources.values().stream()
                .map(source -> "('%1$s', 'budget-%2$d', 'http://%3$s:%4$d/%1$s', '%3$s', false)"
                        .formatted(source.name, source.host.gapMillis, source.host.address, port))
                .collect(Collectors.joining(
                        ",", "insert into harvest.sources (name, kind, url, host, is_active) values ", "")));
    }

    /** What the budgets of its hosts allow: the time that the requests which are needed take at the host that needs longest. */
    double bestSeconds() {
        return hosts.stream().mapToDouble(this::seconds).max().orElseThrow();
    }

    /** The time that the requests which are needed take at a host. */
    double seconds(Host host) {
        return needed(host) * host.gapMillis / 1e3;
    }

    int needed(Host host) {
        return sources.values().stream()
                .filter(source -> source.host == host)
                .mapToInt(Source::requests)
                .sum();
    }

    /** What {@code benchmark/WalkSimulator} reckons that nodes on one machine take, if nothing goes wrong. */
    WalkSimulator.Result simulated(WalkSimulator.Setup setup, WalkCosts costs) {
        return new WalkSimulator(
                        setup,
                        hosts.stream()
                                .map(host -> new WalkSimulator.Host(
                                        host.address, host.gapMillis / 1e3, host.latencyMillis / 1e3))
                                .toList(),
                        sources.values().stream()
                                .map(source -> new WalkSimulator.Source(
                                        hosts.indexOf(source.host),
                                        source.requests(),
                                        source.records,
                                        kilobytes(source)))
                                .toList(),
                        costs)
                .run();
    }

    /** What all walks should cost. */
    double simulated(WalkCosts.Quantity quantity, WalkCosts costs) {
        return sources.values().stream()
                .mapToDouble(source -> costs.of(
                        WalkCosts.Pass.FIRST, quantity, 1, source.requests(), source.records, kilobytes(source)))
                .sum();
    }

    private static double kilobytes(Source source) {
        return source.records * HarvestRig.dataset(1, source.title(1)).length() / 1e3;
    }

    /** When each host was asked, by its address. */
    Map<String, List<Instant>> asked() {
        return server.standIn().requests().stream()
                .collect(
                        Collectors.groupingBy(BudgetHosts::host, Collectors.mapping(Request::at, Collectors.toList())));
    }

    private static String host(Request request) {
        return request.headers().get("Host").replaceFirst(":\\d+$", "");
    }

    private Optional<Answer> answer(Request request) {
        Source source = sources.get(request.path().split("/")[1]);
        String address = host(request);
        Host host = hosts.stream()
                .filter(each -> each.address.equals(address))
                .findFirst()
                .orElseThrow();
        LockSupport.parkNanos(host.latencyMillis * 1_000_000);
        if (!host.allows(request.at())) {
            return Optional.of(Answer.json(429, "{\"error\":\"Too many requests\"}")
                    .with("Retry-After", String.valueOf(host.gapMillis / 1_000)));
        }
        int from =
                Integer.parseInt(request.parameter("start").stream().findFirst().orElse("0"));
        ObjectNode page = JSON.createObjectNode().put("count", source.records);
        page.putArray("items")
                .addAll(IntStream.rangeClosed(from + 1, Math.min(from + PAGE, source.records))
                        .mapToObj(number -> read(HarvestRig.dataset(number, source.title(number))))
                        .toList());
        return Optional.of(Answer.json(200, page.toString()));
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
