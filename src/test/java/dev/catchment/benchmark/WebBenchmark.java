package dev.catchment.benchmark;

import dev.catchment.catalog.standin.StandInServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Mixed reads of API and console at a fixed rate, over 500,000 datasets and 2 million rows of names, from {@code catchment run} as
 * a process of its own on the server of DATABASE_URL, alone and while a crawl runs beside it. A request is timed from the moment it was due, so that a service which
 * stands still for a second cannot hide the requests that it kept waiting. With {@code -Dweb.filled=true} the database is taken as it is,
 * and left. docs/performance.md says how to run it.
 */
public final class WebBenchmark {
    private static final int PORT = 18_080;
    private static final int DATASETS = Integer.getInteger("web.datasets", 500_000);
    private static final int RATE = Integer.getInteger("web.rate", 300);
    private static final int SECONDS = Integer.getInteger("web.seconds", 60);
    private static final int WARM_SECONDS = 10;
    private static final int CRAWLED = Integer.getInteger("web.crawled", 100_000);
    private static final int FIRST_YEAR = 1880;
    private static final int YEARS = 140;
    private static final int NAMES = 7_250;
    private static final long SEED = 20_260_101;

    private static final List<String> WORDS = List.of(
            "air quality",
            "budget",
            "school",
            "traffic count",
            "water level",
            "census",
            "permits",
            "\"public health\"");

    private final Launched launched = new Launched();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random = new Random(SEED);
    private List<String> ids;

    private WebBenchmark() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        WebBenchmark benchmark = new WebBenchmark();
        try (Launched launched = benchmark.launched) {
            Path catalogue = launched.directory().resolve("catalogue.ndjson");
            ManyAssets.write(Path.of(arguments[0]), catalogue, CRAWLED);
            if (Boolean.getBoolean("web.filled")) {
                launched.resume();
            } else {
                launched.begin();
                benchmark.fill();
            }
            benchmark.chooseDatasets();
            launched.describe("%,d datasets, %,d rows of names".formatted(DATASETS, 2 * NAMES * YEARS));
            benchmark.measure(catalogue);
            launched.describe("at the end");
            launched.print();
        }
    }

    private void fill() throws Exception {
        Probe database = launched.database();
        database.execute(
                "insert into harvest.sources (name, kind, url, host, country, health) select 's' || i, 'ckan', 'https://s'"
                        + " || i || '.example.org', 's' || i, (array['US','CA','GB','FR','DE'])[1 + i % 5], 'ok' from generate_series(1, 200) i");
        database.execute(
                "insert into harvest.datasets (source_id, key, title, description, publisher, keywords, license,"
                        + " content_hash, first_seen_at, changed_at, last_changed_at) select 1 + i % 200, 'k' || i,"
                        + " w.a[1 + i % 10] || ' ' || w.a[1 + i / 10 % 10] || ' of district ' || i, repeat('What ' || w.a[1 + i / 7 % 10]"
                        + " || ' was counted in the year ' || 1990 + i % 30 || '. ', 6), 'Agency ' || i % 900, array[w.a[1 + i % 10]], 'CC-BY-4.0',"
                        + " md5(i::text) || md5(i::text), now() - i * interval '1 minute', now() - i * interval '1 minute', now() - i * interval"
                        + " '1 minute' from generate_series(1, " + DATASETS
                        + ") i, (select array['air quality','budget','school','traffic count',"
                        + " 'water level','census','permits','public health','noise','trees'] as a) w");
        database.execute(
                "insert into harvest.distributions (dataset_id, position, title, download_url, format) select id, 1, 'CSV', 'https://"
                        + "s.example.org/' || key || '.csv', 'CSV' from harvest.datasets");
        database.execute("select harvest.fill_search(id) from harvest.sources");
        launched.command("load of the names", Map.of(), "load", names().toString());
        database.execute("vacuum analyze");
    }

    private void chooseDatasets() throws Exception {
        Probe database = launched.database();
        // Nobody answers at these addresses.
        database.execute("update harvest.sources set is_active = false where url like '%.example.org'");
        ids = List.of(database.text(
                        "select string_agg(id::text, ' ') from (select id from harvest.datasets order by key limit 2000) d")
                .split(" "));
    }

    /** As the Social Security Administration publishes them: one file a year, name,sex,count by falling count. */
    private Path names() throws IOException {
        Path zip = launched.directory().resolve("names.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream files = new ZipOutputStream(out)) {
            for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
                files.putNextEntry(new ZipEntry("yob%d.txt".formatted(year)));
                for (String sex : List.of("F", "M")) {
                    for (int i = 0; i < NAMES; i++) {
                        files.write("%s,%s,%d%n"
                                .formatted(name(i), sex, 5 + (NAMES - i) * 3)
                                .getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return zip;
    }

    private static String name(int number) {
        StringBuilder name = new StringBuilder();
        for (int left = number; name.length() < 4; left /= 26) {
            name.append((char) ('a' + left % 26));
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private void measure(Path catalogue) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./catchment", "run")
                .redirectOutput(launched.directory().resolve("run.out").toFile())
                .redirectError(launched.directory().resolve("run.err").toFile());
        builder.environment()
                .putAll(Map.of(
                        "DATABASE_URL", launched.url(),
                        "DATA_DIR", launched.directory().resolve("data").toString(),
                        "WEB_PORT", String.valueOf(PORT),
                        "CATALOG_CRAWL_ON_START", "never"));
        Process service = builder.start();
        try (StandInServer upstream = StandInServer.start("catalog.stand-in.data", catalogue.toString())) {
            awaitService(service);
            load(WARM_SECONDS);
            latencies("alone");
            double added = crawl("crawl that adds", upstream);
            double alone = crawl("crawl alone", upstream);
            CompletableFuture<Double> crawl = CompletableFuture.supplyAsync(() -> crawl("crawl beside", upstream));
            latencies("beside a crawl");
            launched.add("crawl beside / alone", crawl.get() / alone);
            launched.add("crawl that adds / alone", added / alone);
            searches();
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private void latencies(String when) throws Exception {
        double[] latencies = load(SECONDS);
        for (int percent : new int[] {50, 95, 99, 100}) {
            launched.add("%d requests/s %s, p%d, ms".formatted(RATE, when, percent), percentile(latencies, percent));
        }
    }

    /** A crawl at the throttle as it is set by default: 1,000 records each half a second. @return its seconds */
    private double crawl(String name, StandInServer upstream) {
        try {
            return launched.command(name, Map.of("CATALOG_US_URL", upstream.url()), "crawl", "--region", "us", "--json")
                    .get("seconds")
                    .doubleValue();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void awaitService(Process service) throws Exception {
        while (service.isAlive()) {
            try {
                // The port is open before the last routes are.
                if (client.send(HttpRequest.newBuilder(at("/health/ready")).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is asked again.
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IllegalStateException(Files.readString(launched.directory().resolve("run.err")));
    }

    /** @return how long each request took from the moment it was due, in milliseconds */
    private double[] load(int seconds) throws Exception {
        ConcurrentLinkedQueue<Double> latencies = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
        AtomicInteger open = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < RATE * seconds; i++) {
            long due = start + i * 1_000_000_000L / RATE;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String path = path();
            open.incrementAndGet();
            client.sendAsync(
                            HttpRequest.newBuilder(at(path))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            BodyHandlers.discarding())
                    .whenComplete((answer, failure) -> {
                        latencies.add((System.nanoTime() - due) / 1e6);
                        if (failure != null || answer.statusCode() != 200) {
                            errors.add(path + ": " + (failure == null ? answer.statusCode() : failure));
                        }
                        open.decrementAndGet();
                    });
        }
        while (open.get() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        launched.add("errors in %d s".formatted(seconds), errors.size());
        errors.stream().distinct().limit(5).forEach(System.out::println);
        return latencies.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** One after the other, so that they wait for nothing but themselves. */
    private void searches() throws Exception {
        double[] latencies = new double[100];
        for (int i = 0; i < latencies.length; i++) {
            long begin = System.nanoTime();
            client.send(HttpRequest.newBuilder(at(search())).build(), BodyHandlers.discarding());
            latencies[i] = (System.nanoTime() - begin) / 1e6;
        }
        launched.add("full-text search, p95, ms", percentile(latencies, 95));
    }

    private String search() {
        return "/api/v1/datasets?limit=20&q="
                + WORDS.get(random.nextInt(WORDS.size())).replace(" ", "+").replace("\"", "%22");
    }

    /** What people and programs ask for, in about this mix. */
    private String path() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            return "/api/v1/datasets/" + ids.get(random.nextInt(ids.size()));
        }
        if (dice < 45) {
            return search();
        }
        if (dice < 60) {
            return "/api/v1/datasets?limit=50&country=CA";
        }
        if (dice < 75) {
            return "/api/v1/names/" + name(random.nextInt(NAMES)) + "/trend?country=US";
        }
        if (dice < 85) {
            return "/api/v1/names/top?country=US&year=" + (FIRST_YEAR + random.nextInt(YEARS)) + "&limit=20";
        }
        return dice < 95 ? "/api/v1/runs" : "/";
    }

    private static URI at(String path) {
        return URI.create("http://localhost:" + PORT + path);
    }

    private static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
