package dev.catchment.support;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.registry.SeedOrder;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A seed as the product runs it: the real routes on an empty real database, index files in a folder of the test. The
 * service is kept from test to test for as long as nobody asks for another one: it starts anew at its first use with other
 * settings.
 */
public final class SeedRig implements BeforeEachCallback, AfterAllCallback {
    private static final Routes ON_DEMAND = Routes.of("registry");
    private static final Routes WITH_INBOX = Routes.all().in("registry");
    private final Map<String, String> settings = new HashMap<>();
    private Path folder;
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
        folder = TemporaryFolder.create("seed");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Sets a setting of the service, before or between its uses. */
    public SeedRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Watches the inbox too, as the service does. */
    public SeedRig withInbox() throws IOException {
        set("data.dir", folder.toString()).set("registry.inbox.settle", "100ms");
        set("catalog.crawl-on-start", "never"); // by a service in a process of its own, which has all routes
        Files.createDirectories(inbox().path());
        stop();
        routes = WITH_INBOX;
        return this;
    }

    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    public Path folder() {
        return folder;
    }

    public InboxFolder inbox() {
        return new InboxFolder(folder.resolve("inbox/registry"));
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

    /** A file with this content. */
    public Path file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file with these lines, each with its end. */
    public Path lines(String name, List<String> lines) {
        return file(name, String.join("\n", lines) + "\n");
    }

    public Map<String, Object> seed(Path file) {
        return seed(new SeedOrder(file, "test", false, false));
    }

    /** Seeds it even if it was seeded before. */
    public Map<String, Object> seedAgain(Path file) {
        return seed(new SeedOrder(file, "test", true, false));
    }

    public Map<String, Object> seed(SeedOrder order) {
        return service().ask("registry-seed", order);
    }

    /** Begins to seed and does not wait. */
    public CompletableFuture<Map<String, Object>> seedLater(Path file) {
        Service running = service();
        return CompletableFuture.supplyAsync(
                () -> running.ask("registry-seed", new SeedOrder(file, "test", false, false)),
                task -> new Thread(task).start());
    }
}
