package dev.catchment.catalog;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;

/** The catalogue over JMX. */
public final class CatalogManagement implements CatalogMXBean, CamelContextAware {
    static final String NAME = "dev.catchment:type=Catalog";
    /** Without which nothing begins. */
    private static final List<String> ROUTES = List.of("catalog-crawl-on-demand", "catalog-crawl");

    private final Crawls crawls;
    private final Schedule schedule;
    private CamelContext camel;

    public CatalogManagement(Crawls crawls, Schedule schedule) {
        this.crawls = crawls;
        this.schedule = schedule;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel = context;
    }

    /** Shows it to JMX; the last one made in this process is the one that is shown. */
    public void register() throws JMException {
        unregister();
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    }

    public void unregister() throws JMException {
        ObjectName name = new ObjectName(NAME);
        if (ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    @Override
    public String crawl(String region) {
        check(region);
        if (crawls.isRunning(region)) {
            return "A crawl of %s is already running.".formatted(region);
        }
        for (String route : ROUTES) {
            ServiceStatus status = camel.getRouteController().getRouteStatus(route);
            if (!status.isStarted()) {
                return "No crawl of %s was started: the route %s is %s. Start it, then try again."
                        .formatted(region, route, status.name().toLowerCase(Locale.ROOT));
            }
        }
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.sendBody("seda:catalog-crawl-on-demand", CrawlOrder.whole(region, "jmx"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return "A crawl of %s begins.".formatted(region);
    }

    @Override
    public String stop(String region) {
        check(region);
        return crawls.stop(region)
                ? "The crawl of %s stops after its current pages; the next one resumes from there.".formatted(region)
                : "No crawl of %s is running in this process.".formatted(region);
    }

    @Override
    public String nextRun(String region) {
        check(region);
        return Objects.toString(schedule.next(region, Instant.now()), "never");
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, String> lastRun(String region) {
        check(region);
        Map<String, String> run = new LinkedHashMap<>();
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            List<Map<String, Object>> rows =
                    template.requestBody("direct:ops-run-find", schedule.lastRun(region), List.class);
            rows.forEach(row -> row.forEach((column, value) -> run.put(column, text(value))));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return run;
    }

    private static String text(Object value) {
        return value instanceof Date moment ? moment.toInstant().toString() : Objects.toString(value, "");
    }

    private static void check(String region) {
        if (!Crawls.REGIONS.contains(region)) {
            throw new IllegalArgumentException(
                    "Unknown region %s; the regions are %s.".formatted(region, Crawls.REGIONS));
        }
    }
}
