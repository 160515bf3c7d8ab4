package dev.catchment.flow.manage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
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

/** What a room shows to JMX: its operations ask routes, and answer with text. */
public abstract class ManagedBean implements CamelContextAware {
    private final String name;
    private CamelContext camel;

    /** @param name of the MBean */
    protected ManagedBean(String name) {
        this.name = name;
    }

    @Override
    public final CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public final void setCamelContext(CamelContext context) {
        camel = context;
    }

    /** Shows it to JMX; the last one made in this process is the one that is shown. */
    public final void register() throws JMException {
        unregister();
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(name));
    }

    public final void unregister() throws JMException {
        ObjectName known = new ObjectName(name);
        if (ManagementFactory.getPlatformMBeanServer().isRegistered(known)) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(known);
        }
    }

    /** The first of some routes that is not started, with what it is instead; null if all are. */
    protected final String stoppedOf(List<String> routes) {
        for (String route : routes) {
            ServiceStatus status = camel.getRouteController().getRouteStatus(route);
            if (!status.isStarted()) {
                return "%s is %s".formatted(route, status.name().toLowerCase(Locale.ROOT));
            }
        }
        return null;
    }

    /** Sends without waiting for what comes of it. */
    protected final void send(String endpoint, Object body) {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            template.sendBody(endpoint, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a route work for whom nobody waits, and says so, or why not. */
    protected final String begin(String route, Object order, String begins) {
        String stopped = stoppedOf(List.of(route));
        if (stopped != null) {
            return "Nothing was begun: the route %s. Start it, then try again.".formatted(stopped);
        }
        send("seda:" + route, order);
        return begins;
    }

    /** Asks a route that answers with rows. */
    @SuppressWarnings("unchecked")
    protected final List<Map<String, Object>> ask(String route, Object body) {
        return ask(route, body, List.class);
    }

    protected final <T> T ask(String route, Object body, Class<T> type) {
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            return template.requestBody("direct:" + route, body, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a route that says when something is due next. */
    protected final String next(String route, String column) {
        return ask(route, Map.of()).stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .findFirst()
                .map(ManagedBean::text)
                .orElse("never");
    }

    /** The columns of the first row as text; empty if there is none. */
    protected static Map<String, String> texts(List<Map<String, Object>> rows) {
        Map<String, String> texts = new LinkedHashMap<>();
        rows.stream().limit(1).forEach(row -> row.forEach((column, value) -> texts.put(column, text(value))));
        return texts;
    }

    protected static String text(Object value) {
        return value instanceof Date moment ? moment.toInstant().toString() : Objects.toString(value, "");
    }
}
