package dev.catchment.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.support.Await;
import dev.catchment.support.HarvestRig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a walk costs, taken apart: for each walk, each request, each dataset and each kB of records, the processor time of the node
 * and of the server, the WAL and the disk; in a first walk, an unchanged one, and one in which every title is another. Prints what
 * {@code src/test/resources/benchmark/scale-costs.properties} holds, from which {@link ScaleSimulation} reckons.
 *
 * <p>{@code DATABASE_URL=postgresql://… ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=ScaleCosts
 * -Dbenchmark.data=FOLDER-OF-PORTALS}, as a superuser of a server on this machine, which nobody else uses.
 */
public final class ScaleCosts {
    private static final Pattern ASKED = Pattern.compile("start=(\\d+)");
    /** Bytes that the rooms of a harvest have on disk, with indexes and all. */
    public static final String USED = """
            select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('harvest', 'ops') and c.relkind in ('r', 'm')""";

    private static final String CONNECTED =
            "select count(*) from pg_stat_activity where datname = 'catchment_benchmark' and backend_type = 'client backend'";

    /** Sources of one kind. @param bytes of one record, as JSON */
    private record Shape(String kind, int sources, int datasets, int page, double bytes) {
        /** The last one finds nothing. */
        int requests() {
            return sources * ((datasets + page - 1) / page + 1);
        }

        /** The share of each part in what all of it costs: the process itself, a walk, a request, a dataset, a kB. */
        double[] parts() {
            double records = (double) sources * datasets;
            return new double[] {1, sources, requests(), records, records * bytes / 1e3};
        }
    }

    private final Launched launched;
    private final List<Shape> shapes = new ArrayList<>();
    private final Map<String, double[]> measured = new LinkedHashMap<>();
    private final Path kinds;
    private final long postmaster;
    private int version = 1;

    private ScaleCosts(Launched launched) throws Exception {
        this.launched = launched;
        kinds = Files.createDirectories(launched.directory().resolve("kinds"));
        postmaster = Long.parseLong(
                launched.installed().text("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)"));
    }

    public static void main(String[] args) throws Exception {
        try (Launched launched = new Launched()) {
            new ScaleCosts(launched).measure(Path.of(args[0]));
        }
    }

    private void measure(Path recorded) throws Exception {
        List<JsonNode> packages = ManyRecords.packages(recorded);
        double bytes = packages.stream()
                .mapToInt(each -> each.toString().length())
                .average()
                .orElseThrow();
        double tiny = HarvestRig.dataset(1, "Dataset 1 of its source (1)").length();
        shapes.add(new Shape("start", 1, 1, 1_000, tiny));
        shapes.add(new Shape("walks", 150, 1, 1_000, tiny));
        shapes.add(new Shape("requests", 1, 3_000, 10, tiny));
        shapes.add(new Shape("datasets", 1, 30_000, 1_000, tiny));
        shapes.add(new Shape("bytes", 1, 6_000, 500, bytes));
        launched.describe("Costs of a walk");
        System.out.println("# load before: " + Launched.load());
        for (Shape shape : shapes) {
            write(shape, packages);
        }
        try (ServedFiles portals = new ServedFiles(this::page)) {
            for (Shape shape : shapes) {
                launched.begin();
                add(shape, portals);
                version = 1;
                pass("first", shape);
                pass("unchanged", shape);
                version = 2;
                pass("changed", shape);
            }
        }
        print();
    }

    private Path page(URI asked) {
        String[] path = asked.getPath().split("/");
        Matcher start = ASKED.matcher(String.valueOf(asked.getQuery()));
        return start.find()
                ? launched.directory().resolve(file(path[1], version, Integer.parseInt(start.group(1))))
                : null;
    }

    private static String file(String shape, int version, int from) {
        return "%s-%d-%d.json".formatted(shape, version, from);
    }

    private void write(Shape shape, List<JsonNode> packages) throws IOException {
        String mapping = HarvestRig.MAPPING;
        String fields = "key: { at: [/id] }\nmodified: { at: /changed }\n";
        if (shape.kind().equals("bytes")) {
            mapping = Files.readString(Path.of("kinds/ckan.sql"));
            fields = "key: { at: [/id, /name] }\nmodified: { at: /metadata_modified, zone: UTC }\n"
                    + "noise: [/metadata_modified]\nbags: [/tags, /groups, /extras]\n";
        }
        Files.writeString(kinds.resolve(shape.kind() + ".sql"), mapping);
        Files.writeString(
                kinds.resolve(shape.kind() + ".kind.yaml"), """
                kind: %s
                title: To be measured
                request: { url: "{source.url}/list" }
                records: /result/results
                total: /result/count
                order: { by: key, stable: true }
                page: { by: offset, params: { from: start, size: rows }, size: %d, end: [empty-page, total] }
                """.formatted(shape.kind(), shape.page()) + fields);
        for (int each = 1; each <= 2; each++) {
            if (shape.kind().equals("bytes")) {
                ManyRecords.writePages(packages, shape.datasets(), shape.page(), each, launched.directory());
            }
            for (int from = 0; from < shape.datasets() + shape.page(); from += shape.page()) {
                int last = Math.min(shape.datasets(), from + shape.page());
                Path file = launched.directory().resolve(file(shape.kind(), each, Math.min(from, shape.datasets())));
                if (shape.kind().equals("bytes")) {
                    Files.move(
                            launched.directory().resolve(ManyRecords.page(each, Math.min(from, shape.datasets()))),
                            file);
                } else {
                    Files.writeString(file, tiny(from, last, shape.datasets(), each));
                }
            }
        }
    }

    private static String tiny(int from, int last, int count, int version) {
        return IntStream.rangeClosed(from + 1, last)
                .mapToObj(number ->
                        HarvestRig.dataset(number, "Dataset %d of its source (%d)".formatted(number, version)))
                .collect(Collectors.joining(",", "{\"result\":{\"count\":" + count + ",\"results\":[", "]}}"));
    }

    private void add(Shape shape, ServedFiles portals) throws Exception {
        launched.database()
                .execute("insert into harvest.sources (name, kind, url, host, options) select '%1$s-' || i, '%1$s',"
                                .formatted(shape.kind())
                        + " '%s/%s/' || i, '127.0.0.1', '{\"requests-per-second\":\"1000\"}' from generate_series(1, %d) i"
                                .formatted(portals.url(), shape.kind(), shape.sources()));
    }

    /** All sources of a shape are walked once, and made findable. */
    private void pass(String pass, Shape shape) throws Exception {
        Probe database = launched.database();
        database.execute("vacuum analyze");
        database.checkpoint();
        long wal = database.wal();
        double used = database.number(USED);
        double node = processor("self");
        double server = processor(String.valueOf(postmaster));
        launched.command(
                shape.kind(),
                Map.of(
                        "HARVEST_HTTP_ALLOW_PRIVATE", "true",
                        "HARVEST_WALKS_PER_HOST", "2",
                        "KINDS_DIR", kinds.toString()),
                "harvest",
                "--kind",
                shape.kind());
        database.execute("select * from harvest.refresh_search()");
        long expected = (long) shape.sources() * shape.datasets();
        String count = Map.of("first", "added", "unchanged", "unchanged", "changed", "updated")
                .get(pass);
        long done = database.number(
                "select sum(%s) from (select * from ops.runs where flow = 'walk' order by id desc limit %d) r"
                        .formatted(count, shape.sources()));
        if (done != expected) {
            throw new IllegalStateException("%s, %s: %d datasets, not %d".formatted(shape, pass, done, expected));
        }
        measured.put(pass + " " + shape.kind(), new double[] {
            processor("self") - node,
            processor(String.valueOf(postmaster)) - server,
            database.wal() - wal,
            database.number(USED) - used
        });
        System.out.printf(
                Locale.ROOT,
                "# %-9s %-8s %6d datasets, %4d requests: node %.2f s, server %.2f s, WAL %.1f MB, disk %.1f MB%n",
                pass,
                shape.kind(),
                expected,
                shape.requests(),
                measured.get(pass + " " + shape.kind())[0],
                measured.get(pass + " " + shape.kind())[1],
                measured.get(pass + " " + shape.kind())[2] / 1e6,
                measured.get(pass + " " + shape.kind())[3] / 1e6);
    }

    /** Seconds of the children of a process that have ended and were waited for; a connection is a child of the server. */
    private double processor(String process) throws IOException {
        // A backend ends a moment after its client.
        Await.until("nobody is connected", () -> launched.installed().number(CONNECTED) == 0);
        String stat = Files.readString(Path.of("/proc", process, "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }

    /** Five walks of other shapes are five equations of what each part costs. */
    private void print() {
        String[] quantities = {"node-seconds", "server-seconds", "wal-bytes", "disk-bytes"};
        String[] parts = {"process", "walk", "request", "dataset", "kilobyte"};
        for (String pass : List.of("first", "unchanged", "changed")) {
            for (int quantity = 0; quantity < quantities.length; quantity++) {
                double[][] equations = new double[parts.length][];
                for (int i = 0; i < parts.length; i++) {
                    double[] row = Arrays.copyOf(shapes.get(i).parts(), parts.length + 1);
                    row[parts.length] = measured.get(pass + " " + shapes.get(i).kind())[quantity];
                    equations[i] = row;
                }
                double[] solved = solve(equations);
                for (int i = 1; i < parts.length; i++) {
                    System.out.printf(
                            Locale.ROOT,
                            "%s.%s.%s=%.9g%n",
                            pass,
                            quantities[quantity],
                            parts[i],
                            Math.max(0, solved[i]));
                }
            }
        }
    }

    /** Gauss. */
    private static double[] solve(double[][] rows) {
        int n = rows.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column; row < n; row++) {
                pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
            }
            double[] swapped = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swapped;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : rows[row][column] / rows[column][column];
                for (int i = column; i <= n; i++) {
                    rows[row][i] -= factor * rows[column][i];
                }
            }
        }
        double[] solved = new double[n];
        for (int i = 0; i < n; i++) {
            solved[i] = rows[i][n] / rows[i][i];
        }
        return solved;
    }
}
