package dev.catchment.support;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.names.LoadOrder;
import dev.catchment.names.figure.Hints;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Published files as the product loads them: the real routes on an empty real database, the queue worked on when the test
 * says so. The service is kept from test to test for as long as nobody asks for another one: it starts anew at its first
 * use with other settings.
 */
public final class NamesRig implements BeforeEachCallback, AfterAllCallback {
    private static final Routes ON_DEMAND = Routes.of("names");
    private static final Routes WITH_SCHEDULES = Routes.all().in("names");
    private final Map<String, String> settings = new HashMap<>();
    private Path folder;
    private Path data;
    private Service service;
    private Map<String, String> started;
    private Routes routes = ON_DEMAND;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!routes.equals(ON_DEMAND)) {
            stop();
        }
        settings.clear();
        routes = ON_DEMAND;
        TestDatabase.empty();
        folder = TemporaryFolder.create("names");
        data = data == null ? folder : data; // the service keeps it
        settings.put("data.dir", data.toString());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Sets a setting of the service, before or between its uses. */
    public NamesRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Watches the inbox and wakes the workers too, as the service does. */
    public NamesRig withSchedules() throws IOException {
        set("names.inbox.settle", "100ms").set("names.poll", "100ms").set("catalog.crawl-on-start", "never");
        Files.createDirectories(inbox());
        stop();
        routes = WITH_SCHEDULES;
        return this;
    }

    /** Where every file is kept, in place of the data folder of an installation. */
    public Path data() {
        return data;
    }

    public Path inbox() {
        return data.resolve("inbox/names");
    }

    public synchronized Service service() {
        if (service != null && !settings.equals(started)) {
            stop();
        }
        if (service == null) {
            Settings current = Defaults.settings().with(settings);
            settings.keySet().forEach(current::get); // a key that is none is refused
            service = Service.start(current, TestDatabase.get(), Map.of(), routes);
            started = Map.copyOf(settings);
        }
        return service;
    }

    /** Stops the service in order; the next use starts it anew. */
    public synchronized void stop() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    /** A file with these lines, each with its end. */
    public Path file(String name, String... lines) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, String.join("\r\n", lines) + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the test may put files of its own. */
    public Path folder() {
        return folder;
    }

    /** Takes a file in and does not work on it. @return rows of {@code names/upsert-datasets} */
    public List<Map<String, Object>> takeIn(Path file) {
        return takeIn(new LoadOrder(file, Hints.NONE, "test", false, false));
    }

    public List<Map<String, Object>> takeIn(LoadOrder order) {
        return service().askRows("names-intake", order);
    }

    /** Works on the queue until no job is due. */
    public void work() {
        service().camel().createProducerTemplate().requestBody("direct:names-work", "");
    }

    /** Takes a file in and loads it. @return its jobs, as {@code names/list-jobs} lists them */
    public List<Map<String, Object>> load(Path file) {
        return load(new LoadOrder(file, Hints.NONE, "test", false, false));
    }

    /** Loads it even if it was loaded before. */
    public List<Map<String, Object>> loadAgain(Path file) {
        return load(new LoadOrder(file, Hints.NONE, "test", true, false));
    }

    public List<Map<String, Object>> load(LoadOrder order) {
        List<Map<String, Object>> datasets = takeIn(order);
        work();
        return datasets.stream().map(row -> job(row.get("job_id"))).toList();
    }

    /** A job, as {@code names/list-jobs} lists it. */
    public static Map<String, Object> job(Object id) {
        return TestDatabase.get()
                .rows("names/list-jobs", Map.of("job", id.toString(), "most", 1))
                .get(0);
    }

    /** The figures that count: {@code year gender name count}. */
    public static List<String> figures() {
        return TestDatabase.rows("""
                        select year || ' ' || gender || ' ' || name || ' ' || count as figure
                        from names.names where deleted_at is null order by year, gender, name""").stream()
                .map(row -> (String) row.get("figure"))
                .toList();
    }
}
