package dev.catchment.benchmark;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.names.LoadOrder;
import dev.catchment.names.figure.Hints;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.Schema;
import dev.catchment.settings.Settings;
import dev.catchment.support.Pools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Loads a whole edition of the SSA from the dropped zip, and in the same run COPYs the same rows into a table with the same
 * indexes; then an older edition and the newer one over it.
 *
 * <p>{@code ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=NamesBenchmark
 * -Dbenchmark.data=2023/names.zip,2017/names.zip}
 */
public final class NamesBenchmark {
    private NamesBenchmark() {}

    public static void main(String[] args) throws Exception {
        String[] editions = args[0].split(",");
        Path newer = Path.of(editions[0]);
        Path directory = Files.createTempDirectory("catchment-benchmark");
        try (Database database = Database.open(null, directory.resolve("postgres"), 0, Pools.of(10))) {
            new Schema(database.dataSource()).up();
            Settings settings = Settings.load(Path.of("").toAbsolutePath(), Map.of())
                    .with(Map.of("data.dir", directory.toString()));
            try (Service service = Service.start(settings, database, Map.of(), Routes.of("names"))) {
                NamesProbe names = new NamesProbe(new Probe(database.dataSource()), directory.resolve("rows.copy"));
                measure(service, names, newer);
                names.explain();
                if (editions.length > 1) {
                    replace(service, names, Path.of(editions[1]), newer);
                }
            }
        } finally {
            Probe.delete(directory);
        }
    }

    /** The first load makes the rows that are copied; both begin with empty tables. */
    private static void measure(Service service, NamesProbe names, Path edition) throws Exception {
        names.empty();
        Measure loaded = names.measure(() -> load(service, edition));
        Measure refreshed = names.measure(() -> refresh(service));
        names.writeRows();
        names.empty();
        Measure copy = names.measure(names::copy);
        Measure without = names.measure(names::copyWithoutPrefix);
        Measure bare = names.measure(names::copyBare);
        names.empty();
        Measure again = names.measure(() -> load(service, edition));
        Measure refreshedAgain = names.measure(() -> refresh(service));
        introduce(names.living(), copy, without, bare);
        report("first load (cold)", copy, loaded, refreshed);
        report("second load (warm)", copy, again, refreshedAgain);
    }

    private static void introduce(long rows, Measure copy, Measure without, Measure bare) {
        System.out.printf(
                "%d rows, -Xmx%d MB, %d processors, Java %s%n",
                rows,
                Runtime.getRuntime().maxMemory() >> 20,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        System.out.printf("COPY into the indexed table      %6.1f s%n", copy.seconds());
        System.out.printf("COPY without the prefix index    %6.1f s%n", without.seconds());
        System.out.printf("COPY into a table without any    %6.1f s%n", bare.seconds());
    }

    private static void report(String what, Measure copy, Measure loaded, Measure refreshed) {
        double whole = loaded.seconds() + refreshed.seconds();
        System.out.printf(
                "%-20s rows visible %6.1f s = %.2f x COPY; views refreshed %6.1f s = %.2f x COPY; peak heap %.0f MB%n",
                what,
                loaded.seconds(),
                loaded.seconds() / copy.seconds(),
                whole,
                whole / copy.seconds(),
                Math.max(loaded.heap(), refreshed.heap()) / 1e6);
    }

    private static void replace(Service service, NamesProbe names, Path older, Path newer) throws Exception {
        names.empty();
        Measure first = names.measure(() -> load(service, older));
        refresh(service);
        Measure second = names.measure(() -> load(service, newer));
        Measure refreshed = names.measure(() -> refresh(service));
        System.out.printf(
                "older edition %.1f s, newer one over it %.1f s, views refreshed concurrently %.1f s, restored in %.1f s%n",
                first.seconds(),
                second.seconds(),
                refreshed.seconds(),
                names.measure(names::restoreOldest).seconds());
    }

    /** As the inbox and a worker do it, without the refresh at the end. */
    private static void load(Service service, Path edition) {
        List<Map<String, Object>> datasets = service.askRows(
                "names-intake", new LoadOrder(edition.toAbsolutePath(), Hints.NONE, "benchmark", false, false));
        if (!Boolean.TRUE.equals(datasets.get(0).get("is_queued"))) {
            throw new IllegalStateException("there is nothing to load: " + datasets);
        }
        Map<?, ?> ticket =
                service.camel().createProducerTemplate().requestBody("direct:names-work-claim", "", Map.class);
        service.camel().createProducerTemplate().requestBody("direct:names-load", ticket);
    }

    private static void refresh(Service service) {
        service.camel().createProducerTemplate().requestBody("direct:names-work-refresh", Map.of("wait", true));
    }
}
