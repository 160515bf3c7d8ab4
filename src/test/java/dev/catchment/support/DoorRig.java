package dev.catchment.support;

import dev.catchment.cli.Service;
import dev.catchment.cli.Settings;
import dev.catchment.policy.PageVisit;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Visits to official pages as the product makes them: the real routes on an empty real database, a {@link PageServer} on
 * the other end. The service is kept from test to test for as long as nobody asks for another one.
 */
public final class DoorRig implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Map<String, String> USUAL =
            Map.of("policy.http.allow-private", "true", "policy.http.gap", "1ms", "policy.http.timeout", "5s");

    private final Map<String, String> settings = new HashMap<>(USUAL);
    private PageServer server;
    private Service service;

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!settings.equals(USUAL)) {
            stop();
            settings.clear();
            settings.putAll(USUAL);
        }
        TestDatabase.empty();
        server = PageServer.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Sets a setting of the service, before or between its uses. */
    public DoorRig set(String key, String value) {
        stop();
        settings.put(key, value);
        return this;
    }

    public PageServer server() {
        return server;
    }

    public synchronized Service service() {
        if (service == null) {
            Settings current =
                    Settings.load(Path.of("target", "nowhere"), Map.of()).with(settings);
            settings.keySet().forEach(current::get); // a key that is none is refused
            service = Service.start(current, TestDatabase.get(), null, Service.WITHOUT_SCHEDULES);
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

    /** Visits a path on host 127.0.0.1. */
    public PageVisit visit(String path) {
        return visit(new PageVisit(URI.create(server.url(path)), Map.of(), "test/1"));
    }

    public PageVisit visit(PageVisit visit) {
        return service().camel().createProducerTemplate().requestBody("direct:policy-fetch", visit, PageVisit.class);
    }

    /** What a column of a host says, as text. @param number of 127.0.0.{@code number} */
    public String host(String column, int number) {
        return host(column, server.host(number));
    }

    /** @param host with its port */
    public static String host(String column, String host) {
        return TestDatabase.text("select " + column + " from policy.hosts where host = ?", host);
    }
}
