package dev.catchment.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a harvest takes, each walk in a fresh process: 13,786 packages of a CKAN portal on 18 pages of 12.9 MB, and the
 * datasets that the ArcGIS Hubs had on one day as a data.json; again unchanged, with every title changed, and without history.
 * Then 1,000 of 19,140 due sources are claimed, and 100,000 datasets searched. Without recordings it makes packages up, and
 * leaves the Hubs out.
 *
 * <p>{@code DATABASE_URL=postgresql://… ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=HarvestBenchmark
 * [-Dbenchmark.data=FOLDER-OF-PORTALS]}
 */
public final class HarvestBenchmark {
    private static final int PACKAGES = 13_786;
    private static final int PAGE = 766;
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Pattern START = Pattern.compile("start=(\\d+)");
    private static final Map<String, String> SETTINGS = Map.of("HARVEST_HTTP_ALLOW_PRIVATE", "true");

    private final Launched launched;
    private final String withoutHistory;
    private int version = 1;

    private HarvestBenchmark(Launched launched) throws IOException {
        this.launched = launched;
        try (var in = HarvestBenchmark.class.getResourceAsStream("/benchmark/without-history.sql")) {
            withoutHistory = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static void main(String[] args) throws Exception {
        Path given = Path.of(args[0]);
        Path recorded = Files.isDirectory(given) ? given : Path.of("../shared/data/portals");
        try (Launched launched = new Launched()) {
            new HarvestBenchmark(launched).measure(recorded);
        }
    }

    private void measure(Path recorded) throws Exception {
        Path lines = launched.directory().resolve("packages.ndjson");
        List<JsonNode> packages = ManyRecords.packages(recorded);
        ManyRecords.writeLines(packages, PACKAGES, lines);
        for (int each = 1; each <= 2; each++) {
            ManyRecords.writePages(packages, PACKAGES, PAGE, each, launched.directory());
        }
        Path hub = launched.directory().resolve("hub.json");
        Path hubLines = launched.directory().resolve("hub.ndjson");
        int datasets =
                Files.isDirectory(recorded.resolve("arcgis-hub")) ? ManyRecords.writeHub(recorded, hub, hubLines) : 0;
        launched.describe("%d packages %s (%.0f MB), %d datasets of Hubs"
                .formatted(
                        PACKAGES,
                        Files.isDirectory(recorded) ? "made of recorded ones" : "made up",
                        Files.size(lines) / 1e6,
                        datasets));
        try (ServedFiles portal = new ServedFiles(this::page);
                ServedFiles feed = new ServedFiles(uri -> hub)) {
            for (int round = 0; round < ROUNDS; round++) {
                launched.begin();
                launched.add("load before the round", Launched.load());
                walks("CKAN", "ckan", portal, lines, PACKAGES);
                if (datasets > 0) {
                    walks("Hub", "dcat-us", feed, hubLines, datasets);
                }
                claims();
                searches();
                launched.begin();
                withoutHistory(portal);
            }
        }
        launched.print();
    }

    private Path page(URI asked) {
        Matcher start = START.matcher(String.valueOf(asked.getQuery()));
        int from = start.find() ? Integer.parseInt(start.group(1)) : -1;
        boolean isPage = asked.getPath().endsWith("/package_search") && from >= 0 && from <= PACKAGES;
        return isPage ? launched.directory().resolve(ManyRecords.page(version, from)) : null;
    }

    private void walks(String name, String kind, ServedFiles served, Path lines, int records) throws Exception {
        add(name, kind, served);
        double installed = launched.copy(lines, "pglz", "COPY of " + name + ", as installed, s");
        double lz4 = launched.copy(lines, "lz4", "COPY of " + name + ", with LZ4, s");
        long before = launched.database().wal();
        double first = walk(name + ", first walk", name, served, "added", records);
        long written = launched.database().wal();
        double again = walk(name + ", unchanged", name, served, "unchanged", records);
        launched.add(name + ", COPY as installed / first walk", installed / first);
        launched.add(name + ", COPY with LZ4 / first walk", lz4 / first);
        launched.add(name + ", unchanged / first walk", again / first);
        launched.add(
                name + ", unchanged / first walk, WAL",
                (double) (launched.database().wal() - written) / (written - before));
        if (name.equals("CKAN")) {
            version = 2;
            launched.add(
                    "CKAN, all changed / first walk",
                    walk("CKAN, all changed", name, served, "updated", records) / first);
            version = 1;
        }
    }

    private void add(String name, String kind, ServedFiles served) throws Exception {
        String source = name.toLowerCase(Locale.ROOT);
        launched.command(
                "sources add",
                SETTINGS,
                "sources",
                "add",
                kind,
                served.url(),
                "--name",
                source,
                "--option",
                "requests-per-second=100");
    }

    /** From the first request to the commit that ends the run. */
    private double walk(String what, String name, ServedFiles served, String count, int records) throws Exception {
        served.firstAsked();
        JsonNode summary = launched.command(
                what, SETTINGS, "harvest", "--source", name.toLowerCase(Locale.ROOT), "--fresh", "--json");
        Launched.expect(summary, count, records);
        double end = Double.parseDouble(launched.database()
                .text("select extract(epoch from finished_at) from ops.runs where id = " + summary.get("run")));
        double begin = served.firstAsked().toEpochMilli() / 1e3;
        launched.add(what + ", first request to last commit, s", end - begin);
        return end - begin;
    }

    private void claims() throws Exception {
        Probe database = launched.database();
        database.execute("insert into harvest.sources (name, kind, url, host, due_at) select 's' || i, 'ckan',"
                + " 'https://s' || i || '.example.org', case when i < 2700 then 'hub.example.org' else 's' || i end,"
                + " now() - interval '1 day' + i * interval '1 second' from generate_series(1, 19140) i");
        database.execute("analyze harvest.sources");
        double seconds = database.measure(() -> {
                    long claimed = database.number(
                            "select count(*) from harvest.claim_sources('one', null, 'ckan', true, '{}', 1, 1000)");
                    if (claimed != 1000) {
                        throw new IllegalStateException(claimed + " were claimed");
                    }
                })
                .seconds();
        launched.add("1,000 of 19,140 sources claimed, ms, connection and all", seconds * 1e3);
        database.execute("delete from harvest.sources where url like '%.example.org'");
    }

    private void searches() throws Exception {
        Probe database = launched.database();
        database.execute(
                "insert into harvest.datasets (id, source_id, key, title, description, publisher, keywords, content_hash,"
                        + " first_seen_at, changed_at, last_changed_at) select gen_random_uuid(), d.source_id, d.key || '-' || n,"
                        + " d.title || ' ' || n, d.description, d.publisher, d.keywords, d.content_hash, now(), now(), now()"
                        + " from harvest.datasets d, generate_series(1, 8) n"
                        + " limit greatest(0, 100000 - (select count(*) from harvest.datasets))");
        launched.add(
                "100,000 datasets indexed, s",
                database.measure(() -> database.execute("select * from harvest.refresh_search()"))
                        .seconds());
        database.execute("vacuum analyze harvest.search_documents");
        for (String words : List.of("energia", "orçamento municipal", "\"air quality\" or census")) {
            String asked = "select count(*) from harvest.search('" + words
                    + "', null, null, null, null, null, null, null, 20, 0)";
            launched.add(
                    "100,000 datasets searched for " + words + ", ms",
                    database.measure(() -> database.execute(asked)).seconds() * 1e3);
        }
    }

    /** The same walks with functions that keep no versions and tell no changes. */
    private void withoutHistory(ServedFiles portal) throws Exception {
        add("CKAN", "ckan", portal);
        launched.database().execute(withoutHistory);
        walk("CKAN without history, first walk", "CKAN", portal, "added", PACKAGES);
        version = 2;
        walk("CKAN without history, all changed", "CKAN", portal, "updated", PACKAGES);
        version = 1;
        if (launched.database().number("select count(*) from harvest.versions") > 0) {
            throw new IllegalStateException("A harvest that is to keep no history did.");
        }
    }
}
