package dev.catchment.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What Prometheus is told: gauges of rows that the ledger gave a moment ago, and meters of this process. */
public final class Metrics {
    /** However many ask, the ledger is asked once in so long. */
    private static final Duration FRESH = Duration.ofSeconds(15);

    private static final String POOL = "dev.catchment:type=Postgres";
    private static final Map<String, String> STATES = Map.of("in use", "InUse", "idle", "Idle", "waiting", "Waiting");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Metric, MultiGauge> gauges = new EnumMap<>(Metric.class);
    private final Map<Metric, List<Row<?>>> said = new EnumMap<>(Metric.class);
    private Instant readAt = Instant.MIN;
    private boolean isUp;

    public Metrics(Triggers triggers, DiskCheck disk) {
        for (Metric metric : Metric.values()) {
            if (metric.isOfLedger()) {
                gauges.put(
                        metric,
                        MultiGauge.builder(metric.meter())
                                .baseUnit(metric.unit())
                                .description(metric.description())
                                .register(registry));
            }
        }
        gauge(Metric.LEDGER_UP, this, Tags.empty(), metrics -> metrics.isUp ? 1 : 0);
        gauge(Metric.DISK_FREE, disk, Tags.empty(), DiskCheck::free);
        gauge(Metric.TRIGGERS, triggers, Tags.of("outcome", "ok"), all -> count(all, true));
        gauge(Metric.TRIGGERS, triggers, Tags.of("outcome", "late"), all -> count(all, false));
        STATES.forEach((outcome, attribute) ->
                gauge(Metric.CONNECTIONS, attribute, Tags.of("outcome", outcome), Metrics::connections));
    }

    private <T> void gauge(Metric metric, T of, Tags tags, ToDoubleFunction<T> value) {
        Gauge.builder(metric.meter(), of, value)
                .baseUnit(metric.unit())
                .description(metric.description())
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double count(Triggers triggers, boolean fires) {
        return triggers.states(Instant.now()).values().stream()
                .filter(trouble -> Objects.isNull(trouble) == fires)
                .count();
    }

    private static double connections(String attribute) {
        try {
            return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(POOL), attribute))
                    .doubleValue();
        } catch (JMException e) {
            return Double.NaN;
        }
    }

    /** A request that this process sent. @param status of the answer; null if there was none */
    void sent(String room, Integer status, long milliseconds) {
        timed(Metric.HTTP_REQUESTS, Tags.of("room", room, "outcome", outcome(status)), milliseconds);
    }

    void retried(String room) {
        Counter.builder(Metric.HTTP_RETRIES.meter())
                .description(Metric.HTTP_RETRIES.description())
                .tag("room", room)
                .register(registry)
                .increment();
    }

    /** A request that this process answered. */
    void answered(String route, Integer status, long milliseconds) {
        timed(Metric.WEB_REQUESTS, Tags.of("route", route, "outcome", outcome(status)), milliseconds);
    }

    private void timed(Metric metric, Tags tags, long milliseconds) {
        Timer.builder(metric.meter())
                .description(metric.description())
                .tags(tags)
                .register(registry)
                .record(Duration.ofMillis(Math.max(0, milliseconds)));
    }

    private static String outcome(Integer status) {
        return status == null ? "failed" : status / 100 + "xx";
    }

    /** Whether the ledger has to be asked again; whoever is told so asks, and the others have what was kept last. */
    public synchronized boolean isStale() {
        boolean isStale = readAt.plus(FRESH).isBefore(Instant.now());
        if (isStale) {
            readAt = Instant.now();
        }
        return isStale;
    }

    /** Takes what a room said. @param rows metric, value and a column for each of its tags */
    public synchronized void add(List<Map<String, Object>> rows) {
        rows.forEach(row -> {
            Metric metric = Metric.of((String) row.get("metric"));
            said.computeIfAbsent(metric, each -> new ArrayList<>())
                    .add(Row.of(tags(metric, row), (Number) row.get("value")));
        });
    }

    /** All rooms have spoken: what they said takes the place of what they said before. */
    public synchronized void settle() {
        gauges.forEach((metric, gauge) -> gauge.register(said.getOrDefault(metric, List.of()), true));
        said.clear();
        isUp = true;
    }

    private static Tags tags(Metric metric, Map<String, Object> row) {
        return Tags.of(metric.tags().stream()
                .flatMap(tag -> Stream.of(tag, Objects.toString(row.get(tag), "")))
                .toArray(String[]::new));
    }

    /** The ledger could not be read: what it said before may no longer be so. */
    public synchronized void forget() {
        said.clear();
        gauges.values().forEach(gauge -> gauge.register(List.of(), true));
        isUp = false;
        readAt = Instant.MIN;
    }

    public void answer(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setBody(registry.scrape());
    }
}
