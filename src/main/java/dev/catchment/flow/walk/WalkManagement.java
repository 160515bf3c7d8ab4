package dev.catchment.flow.walk;

import dev.catchment.flow.ActiveRuns;
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

/** The walks of a room over JMX; a room says under which name, and what its operations are called. */
public abstract class WalkManagement implements CamelContextAware {
    private final String name;
    private final String onDemand;
    private final String walk;
    private final String word;
    private final ActiveRuns running;
    private final Schedule schedule;
    private CamelContext camel;

    /**
     * @param name of the MBean
     * @param onDemand the route that walks without letting the asker wait
     * @param walk the route that it calls
     * @param word for a scope, such as region
     */
    protected WalkManagement(
            String name, String onDemand, String walk, String word, ActiveRuns running, Schedule schedule) {
        this.name = name;
        this.onDemand = onDemand;
        this.walk = walk;
        this.word = word;
        this.running = running;
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
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(name));
    }

    public void unregister() throws JMException {
        ObjectName known = new ObjectName(name);
        if (ManagementFactory.getPlatformMBeanServer().isRegistered(known)) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(known);
        }
    }

    /** Begins a walk of a scope, and says so, or why not. */
    protected final String begin(String scope) {
        check(scope);
        if (running.contains(schedule.runOf(scope))) {
            return "A %s of %s is already running.".formatted(schedule.flow(), scope);
        }
        for (String route : List.of(onDemand, walk)) {
            ServiceStatus status = camel.getRouteController().getRouteStatus(route);
            if (!status.isStarted()) {
                return "No %s of %s was started: the route %s is %s. Start it, then try again."
                        .formatted(schedule.flow(), scope, route, status.name().toLowerCase(Locale.ROOT));
            }
        }
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.sendBody("seda:" + onDemand, schedule.order(scope, "jmx"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return "A %s of %s begins.".formatted(schedule.flow(), scope);
    }

    public final String stop(String scope) {
        check(scope);
        return running.stop(schedule.runOf(scope))
                ? "The %s of %s stops after its current pages; the next one resumes from there."
                        .formatted(schedule.flow(), scope)
                : "No %s of %s is running in this process.".formatted(schedule.flow(), scope);
    }

    public final String nextRun(String scope) {
        check(scope);
        return Objects.toString(schedule.next(scope, Instant.now()), "never");
    }

    @SuppressWarnings("unchecked")
    public final Map<String, String> lastRun(String scope) {
        check(scope);
        Map<String, String> run = new LinkedHashMap<>();
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            List<Map<String, Object>> rows =
                    template.requestBody("direct:ops-run-find", schedule.lastRun(scope), List.class);
            rows.forEach(row -> row.forEach((column, value) -> run.put(column, text(value))));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return run;
    }

    private static String text(Object value) {
        return value instanceof Date moment ? moment.toInstant().toString() : Objects.toString(value, "");
    }

    private void check(String scope) {
        if (!schedule.scopes().contains(scope)) {
            throw new IllegalArgumentException(
                    "Unknown %s %s; the %ss are %s.".formatted(word, scope, word, schedule.scopes()));
        }
    }
}
