package dev.catchment.support;

import dev.catchment.catalog.standin.DiscoveryStandIn;
import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.flow.standin.Request;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A crawl as the product runs it: the real routes on an empty real database, with a stand-in for the API on the other
 * end of HTTP. Both regions ask the same stand-in. The service starts with its first use, so that a test can set it up;
 * it is kept for the next test of the class if nothing but settings, which may be equal, was changed.
 */
public final class CrawlRig implements BeforeEachCallback, AfterEachCallback {
    private static final Routes ON_DEMAND = Routes.of("catalog", "http");
    private static final Routes WITH_SCHEDULES = Routes.all().in("catalog");
    private final Map<String, String> settings = new HashMap<>();
    private Kept kept;
    private StandInServer upstream;
    private Map<String, String> environment = Map.of();
    private Routes routes;

    /** What the next test of the class may go on with. */
    private static final class Kept implements AutoCloseable {
        private StandInServer upstream;
        private Service service;
        private Map<String, String> settings;

        void stopService() {
            if (service != null) {
                service.close();
                service = null;
            }
        }

        @Override
        public void close() {
            stopService();
            if (upstream != null) {
                upstream.close();
                upstream = null;
            }
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestDatabase.empty();
        kept = KeptService.classOf(context)
                .getStore(Namespace.create(CrawlRig.class))
                .getOrComputeIfAbsent("kept", key -> new Kept(), Kept.class);
        if (kept.upstream == null) {
            kept.upstream = StandInServer.start();
        }
        upstream = kept.upstream;
        upstream.standIn().reset();
        settings.clear();
        environment = Map.of();
        routes = ON_DEMAND;
        set("http.requests-per-second", "10000");
        set("http.retry-delay", "1ms");
        set("http.max-retries", "2");
        set("http.timeout", "2s");
        set("catalog.page-size", "10");
        set("catalog.us.url", upstream.url());
        set("catalog.eu.url", upstream.url());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        boolean isAtRest = upstream.underWay() == 0
                && (kept.service == null || kept.service.running().all().isEmpty());
        if (!isAtRest) {
            kept.close(); // what is still asked would meet the faults of the next test
        } else if (!environment.isEmpty() || !routes.equals(ON_DEMAND)) {
            kept.stopService();
        }
    }

    /** Sets a setting of the service, before or between its uses. */
    public CrawlRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public CrawlRig token(String value) {
        stop();
        environment = Map.of("SOCRATA_APP_TOKEN", value);
        return this;
    }

    /** Runs the schedules too, as the service does. */
    public CrawlRig withSchedules() {
        stop();
        routes = WITH_SCHEDULES;
        return this;
    }

    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Serves these assets from now on. */
    public CrawlRig serve(List<String> lines) {
        upstream.standIn().replace(lines);
        return this;
    }

    /** The stand-in, to be made to fail or to wait, for this test. */
    public DiscoveryStandIn standIn() {
        return upstream.standIn();
    }

    public String url() {
        return upstream.url();
    }

    /** What was asked of the upstream so far, one scroll_id or look-up after the other. */
    public List<Request> requests() {
        return upstream.standIn().requests();
    }

    public synchronized Service service() {
        if (kept.service != null && !settings.equals(kept.settings)) {
            kept.stopService();
        }
        if (kept.service == null) {
            Settings current = Defaults.settings().with(settings);
            settings.keySet().forEach(current::get); // a key that is none is refused
            kept.service = Service.start(current, TestDatabase.get(), environment, routes);
            kept.settings = Map.copyOf(settings);
        }
        return kept.service;
    }

    /** Stops the service in order; the next use starts it anew. */
    public synchronized void stop() {
        kept.stopService();
    }

    /** Crawls the whole US region. */
    public Map<String, Object> crawl() {
        return crawl(WalkOrder.whole("catalog", "crawl", "us", "test"));
    }

    /** Crawls these assets as the whole US region. */
    public Map<String, Object> crawl(List<String> lines) {
        return serve(lines).crawl();
    }

    public Map<String, Object> crawl(WalkOrder order) {
        return service().ask("catalog-crawl", order);
    }

    /** Begins to crawl and does not wait. */
    public CompletableFuture<Map<String, Object>> crawlLater(WalkOrder order) {
        Service running = service();
        return CompletableFuture.supplyAsync(
                () -> running.ask("catalog-crawl", order), task -> new Thread(task).start());
    }
}
