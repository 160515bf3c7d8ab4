package dev.catchment.support;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.policy.RenormaliseOrder;
import dev.catchment.policy.WatchOrder;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Official pages as the product watches them: the real routes on an empty real database, a real server of pages on this
 * machine. Nothing waits for politeness, the first text counts, however short, and a change is confirmed by the next fetch,
 * unless a test says otherwise.
 */
public final class PolicyRig implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Map<String, String> AT_ONCE = Map.of(
            "policy.http.allow-private", "true",
            "policy.http.gap", "0ms",
            "policy.http.timeout", "5s",
            "policy.jitter", "0ms",
            "policy.confirm.after", "0ms",
            "policy.confirm.first-below", "0");

    private final Map<String, String> settings = new HashMap<>();
    private Path data;
    private Service service;
    private Map<String, String> started;
    private PageServer pages;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        settings.clear();
        TestDatabase.empty();
        data = data == null ? TemporaryFolder.create("policy") : data;
        pages = PageServer.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        pages.close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Sets a setting of the service, before or between its uses; with other settings it starts anew. */
    public PolicyRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** What a service of its own process needs to be like this one. */
    public Map<String, String> settings() {
        Map<String, String> all = new HashMap<>(AT_ONCE);
        all.put("data.dir", data.toString());
        all.putAll(settings);
        return all;
    }

    public PageServer pages() {
        return pages;
    }

    public synchronized Service service() {
        Map<String, String> all = settings();
        if (service != null && !all.equals(started)) {
            stop();
        }
        if (service == null) {
            Settings current = Defaults.settings().with(all);
            all.keySet().forEach(current::get); // a key that is none is refused
            service = Service.start(current, TestDatabase.get(), Map.of(), Routes.of("policy", "mail"));
            started = all;
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

    /** Visits a path on host 127.0.0.1, and does no more. */
    public PageVisit visit(String path) {
        return visit(new PageVisit(URI.create(pages.url(path)), Map.of(), "test/1"));
    }

    public PageVisit visit(PageVisit visit) {
        return service().camel().createProducerTemplate().requestBody("direct:policy-fetch", visit, PageVisit.class);
    }

    /** What a column of a host says, as text. @param number of 127.0.0.{@code number} */
    public String host(String column, int number) {
        return Watched.host(column, pages.host(number));
    }

    /** Checks what is due. @return the summary, with what came of each page as pages */
    public Map<String, Object> watch() {
        return service().ask("policy-watch", new WatchOrder("test", null, null, false));
    }

    /** The day after: everything is due again, and checked. */
    public Map<String, Object> watchAgain() {
        TestDatabase.execute("update policy.sources set next_check_at = now()");
        return watch();
    }

    /** Checks one page, due or not. @return what came of it */
    public Map<String, Object> watch(String source, boolean dryRun) {
        Map<String, Object> report =
                service().ask("policy-watch", new WatchOrder("test", source, "page " + source, dryRun));
        return pages(report).get(0);
    }

    public Map<String, Object> renormalise(boolean dryRun) {
        return service().ask("policy-renormalise", new RenormaliseOrder(null, null, dryRun));
    }

    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> pages(Map<String, Object> report) {
        return (List<Map<String, Object>>) report.get("pages");
    }
}
