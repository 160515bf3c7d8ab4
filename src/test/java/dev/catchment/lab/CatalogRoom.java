package dev.catchment.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.support.Assets;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Two regions of the Discovery API that serve the same catalogue from one host. */
final class CatalogRoom implements LabRoom {
    private static final int RATE = 20;

    private final StandInServer server = StandInServer.start("camel.server.host", "0.0.0.0");
    private final Upstream upstream;
    private final String url;
    private final TreeMap<Integer, String> served = new TreeMap<>();
    private Truth truth;
    private int last;

    CatalogRoom(String address) {
        URI own = URI.create(server.url());
        upstream = new Upstream(address, server.standIn(), own.getPort());
        url = "http://" + address + ":" + upstream.port() + own.getPath();
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "catalog.us.url", url,
                "catalog.eu.url", url,
                "catalog.us.cron", "* * * * * ?",
                "catalog.eu.cron", "* * * * * ?",
                "catalog.page-size", "10");
    }

    @Override
    public void begin(Random random, LabDatabase database, Path files) {
        upstream.begin(Duration.ofMillis(random.nextInt(40)));
        truth = new Truth();
        served.clear();
        last = 60 + random.nextInt(20);
        for (int number = 1; number <= last; number++) {
            put(number, "Asset " + number);
        }
        serve();
    }

    private void put(int number, String title) {
        served.put(number, title);
        truth.put(Assets.id(number), title);
    }

    private void serve() {
        List<String> lines = new ArrayList<>();
        served.forEach((number, title) -> {
            ObjectNode asset = Assets.asset(number, "data%d.example.gov".formatted(number % 3));
            Assets.resource(asset).put("name", title);
            lines.add(asset.toString());
        });
        server.standIn().replace(lines);
    }

    @Override
    public String change(Random random) {
        String what;
        int number = new ArrayList<>(served.keySet()).get(random.nextInt(served.size()));
        switch (random.nextInt(4)) {
            case 0 -> {
                put(++last, "Asset " + last);
                what = "added " + last;
            }
            case 1 -> {
                truth.remove(Assets.id(number));
                served.remove(number);
                what = "removed " + number;
            }
            default -> {
                put(number, "Asset " + number + ", state " + random.nextInt(1_000_000));
                what = "changed " + number;
            }
        }
        serve();
        return what;
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        return upstream.fault(random, heldUp);
    }

    @Override
    public void mend() {
        upstream.mend();
    }

    @Override
    public void calm() {
        upstream.calm();
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        List<List<String>> done =
                database.rows("select s.scope, (select count(*) from ops.runs r where r.scope = s.scope"
                        + " and r.room = 'catalog' and r.is_complete and r.begun_at > '" + since
                        + "') from (values ('us'), ('eu')) s (scope)");
        return done.stream().allMatch(row -> Long.parseLong(row.get(1)) >= 2) ? "" : "complete crawls: " + done;
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        List<String> wrong = new ArrayList<>();
        for (String region : List.of("us", "eu")) {
            String of = " where region = '" + region + "'";
            wrong.addAll(truth.violations(
                    "catalog " + region,
                    database.rows("select id, name, retired_at is not null from catalog.socrata_datasets" + of),
                    database.texts("select dataset_id from catalog.versions" + of + " and cause = 'retired'"
                            + " union select id from catalog.socrata_datasets" + of + " and retired_at is not null"),
                    database.rows(
                            "select * from (select dataset_id, state ->> 'name', valid_from from catalog.versions" + of
                                    + " union all select id, name, 'infinity' from catalog.socrata_datasets" + of
                                    + ") s order by 1, 3")));
            String sums = database.texts(
                            "select coalesce(sum(added), 0) || ' added, ' || coalesce(sum(retired) - sum(restored), 0) || ' retired'"
                                    + " from ops.runs where room = 'catalog' and scope = '" + region + "'")
                    .get(0);
            String held = database.texts(
                            "select count(*) || ' added, ' || count(retired_at) || ' retired' from catalog.socrata_datasets"
                                    + of)
                    .get(0);
            if (!sums.equals(held)) {
                wrong.add("catalog %s: the ledger says %s, held are %s".formatted(region, sums, held));
            }
        }
        wrong.addAll(upstream.beyondBudget("catalog", 1000.0 / RATE, heldUp));
        return wrong;
    }

    @Override
    public void close() {
        upstream.close();
        server.close();
    }
}
