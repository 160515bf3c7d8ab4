package dev.catchment.lab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.KindServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Portals of three kinds, each on a host of its own: by offset with a total, by links without one, and one document. */
final class HarvestRoom implements LabRoom {
    private static final int RATE = 20;
    private static final String COMMON = """
            title: Of the lab
            records: /items
            key: { at: [/id] }
            modified: { at: /changed }
            order: { by: key, stable: true }
            polite: { requests-per-second: 20, concurrent: 1 }
            """;
    private static final String LOOK_UP = "gone: { url: \"{source.url}/one?id={key}\", status: [404] }\n";
    private static final Map<String, String> KINDS = kinds();

    private final Path folder;
    private final List<Portal> portals = new ArrayList<>();

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("lab-offset", COMMON + LOOK_UP + """
                request: { url: "{source.url}/list" }
                page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
                total: /count
                """);
        kinds.put("lab-links", COMMON + LOOK_UP + """
                request: { url: "{source.url}/list" }
                page: { by: link, params: { size: rows }, size: 10, next: /next, end: [no-next] }
                """);
        kinds.put("lab-document", COMMON + """
                request: { url: "{source.url}/data.json" }
                page: { by: single, end: [end-of-document] }
                """);
        return kinds;
    }

    /** One source and what it really holds. */
    private static final class Portal {
        private final String name;
        private final KindServer server;
        private final Upstream upstream;
        private final String url;
        private final TreeMap<Integer, String> served = new TreeMap<>();
        private final AtomicInteger bent = new AtomicInteger();
        private Truth truth;
        private int last;
        private int removed;

        Portal(String name, String yaml, String address) {
            this.name = name;
            server = KindServer.start(HarvestRig.kind(name, yaml));
            upstream = new Upstream(
                    address, server.standIn(), URI.create(server.url()).getPort());
            url = "http://" + address + ":" + upstream.port() + "/" + name;
        }

        void put(int number, String title) {
            served.put(number, title);
            truth.put("d-%05d".formatted(number), title);
        }

        void serve() {
            List<String> lines = new ArrayList<>();
            served.forEach((number, title) -> lines.add(HarvestRig.dataset(number, title)));
            server.standIn().serve(lines);
        }

        /** Pages with something missing, too many, or wrong. */
        String bend(Random random) {
            int pages = 1 + random.nextInt(2);
            int which = random.nextInt(5);
            KindStandIn standIn = server.standIn();
            bent.set(pages);
            standIn.bend((request, answer) -> {
                if (answer.get("items") instanceof ArrayNode items && bent.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    bend(answer, items, which);
                }
            });
            return List.of("a record short", "a gap of three", "a record twice", "total 0", "a bad record")
                            .get(which) + " × " + pages;
        }

        private static void bend(ObjectNode answer, ArrayNode items, int which) {
            if (items.isEmpty()) {
                return;
            }
            switch (which) {
                case 0 -> items.remove(items.size() / 2);
                case 1 -> {
                    for (int i = 0; i < 3 && !items.isEmpty(); i++) {
                        items.remove(0);
                    }
                }
                case 2 -> items.insert(0, items.get(items.size() - 1));
                case 3 -> {
                    if (answer.has("count")) {
                        answer.put("count", 0);
                    }
                }
                default -> items.add(7);
            }
        }
    }

    HarvestRoom(Path folder, List<String> addresses) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            int number = 0;
            for (Map.Entry<String, String> each : KINDS.entrySet()) {
                String yaml = "kind: " + each.getKey() + "\n" + each.getValue();
                Files.writeString(folder.resolve(each.getKey() + ".kind.yaml"), yaml);
                Files.writeString(folder.resolve(each.getKey() + ".sql"), HarvestRig.MAPPING);
                portals.add(new Portal(each.getKey(), yaml, addresses.get(number++)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "harvest";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "kinds.dir", folder.toString(),
                "harvest.cron", "* * * * * ?",
                "harvest.search.cron", "0/5 * * * * ?",
                "harvest.http.timeout", "2s",
                "harvest.http.allow-private", "true",
                "harvest.document.min-free", "0B");
    }

    @Override
    public void begin(Random random, LabDatabase database, Path files) {
        for (Portal portal : portals) {
            portal.upstream.begin(Duration.ofMillis(random.nextInt(40)));
            portal.bent.set(0);
            portal.removed = 0;
            portal.truth = new Truth();
            portal.served.clear();
            portal.last = 60 + random.nextInt(20);
            for (int number = 1; number <= portal.last; number++) {
                portal.put(number, "Dataset " + number);
            }
            portal.serve();
            database.execute(
                    "insert into harvest.sources (name, kind, url, host) values ('%1$s', '%1$s', '%2$s', '%3$s')"
                            .formatted(
                                    portal.name,
                                    portal.url,
                                    URI.create(portal.url).getHost()));
        }
    }

    private Portal any(Random random) {
        return portals.get(random.nextInt(portals.size()));
    }

    @Override
    public String change(Random random) {
        Portal portal = any(random);
        int number = new ArrayList<>(portal.served.keySet()).get(random.nextInt(portal.served.size()));
        String what = portal.name + ": ";
        int which = random.nextInt(4);
        if (which == 0) {
            portal.put(++portal.last, "Dataset " + portal.last);
            what += "added " + portal.last;
        } else if (which == 1 && portal.removed < 4) {
            // More at once would be held back, for a person to decide.
            portal.removed++;
            portal.truth.remove("d-%05d".formatted(number));
            portal.served.remove(number);
            what += "removed " + number;
        } else {
            portal.put(number, "Dataset " + number + ", state " + random.nextInt(1_000_000));
            what += "changed " + number;
        }
        portal.serve();
        return what;
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        Portal portal = any(random);
        // Nothing but the document itself says what is missing in it.
        boolean isBent = random.nextInt(4) == 0 && !portal.name.equals("lab-document");
        return portal.name + ": " + (isBent ? portal.bend(random) : portal.upstream.fault(random, heldUp));
    }

    @Override
    public void mend() {
        portals.forEach(portal -> portal.upstream.mend());
    }

    @Override
    public void calm() {
        portals.forEach(portal -> {
            portal.bent.set(0);
            portal.upstream.calm();
        });
    }

    @Override
    public void ask(LabDatabase database) {
        database.execute(
                "update harvest.sources set due_at = now() where kind like 'lab-%' and due_at > now() and claimed_by is null");
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        List<List<String>> done = database.rows(
                "select s.name, (select count(*) from harvest.walks w where w.source_id = s.id and w.is_complete and w.begun_at > '"
                        + since + "') from harvest.sources s where s.kind like 'lab-%' order by 1");
        if (done.stream().allMatch(row -> Long.parseLong(row.get(1)) >= 3)) {
            return "";
        }
        ask(database);
        return "complete walks: " + done;
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        List<String> wrong = new ArrayList<>();
        for (Portal portal : portals) {
            String of = " join harvest.sources o on o.id = d.source_id and o.name = '" + portal.name + "'";
            wrong.addAll(portal.truth.violations(
                    portal.name,
                    database.rows("select d.key, d.title, d.retired_at is not null from harvest.datasets d" + of),
                    database.texts("select d.key from harvest.versions d" + of + " where d.cause = 'retired'"
                            + " union select d.key from harvest.datasets d" + of + " where d.retired_at is not null"),
                    database.rows(
                            "select * from (select d.key, d.state ->> 'title', d.valid_from from harvest.versions d"
                                    + of
                                    + " union all select d.key, d.title, 'infinity' from harvest.datasets d" + of
                                    + ") s order by 1, 3")));
            String sums = database.texts(
                            "select coalesce(sum(added), 0) || ' added, ' || coalesce(sum(retired) - sum(restored), 0) || ' retired'"
                                    + " from ops.runs where room = 'harvest' and scope = '" + portal.name + "'")
                    .get(0);
            String held = database.texts(
                            "select count(*) || ' added, ' || count(d.retired_at) || ' retired' from harvest.datasets d"
                                    + of)
                    .get(0);
            if (!sums.equals(held)) {
                wrong.add("%s: the ledger says %s, held are %s".formatted(portal.name, sums, held));
            }
            wrong.addAll(portal.upstream.beyondBudget(portal.name, 1000.0 / RATE, heldUp));
        }
        return wrong;
    }

    @Override
    public void close() {
        portals.forEach(portal -> {
            portal.upstream.close();
            portal.server.close();
        });
    }
}
