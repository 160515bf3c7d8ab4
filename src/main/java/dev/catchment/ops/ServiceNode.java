package dev.catchment.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.http.OwnNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among the nodes that share a database: its row in {@code ops.nodes}, and that it drains when an operator, or a
 * program that brought the schema further, wants it to.
 */
public final class ServiceNode implements CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNode.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String OLDER =
            "The schema is newer than this program: step %03d was applied, and it knows the steps up"
                    + " to %03d. Replace it by the newer program.";
    /** What a node that is drained does all the same: it is seen, and keeps its PostgreSQL up. */
    private static final Set<String> STAY = Set.of("ops-heartbeat", "ops-node-schedule", "ops-revive-schedule");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Workers workers;
    private final ActiveRuns running;
    private final OwnNetwork network;
    private final List<String> rooms;
    private final Set<String> stopped = new ConcurrentSkipListSet<>();
    private CamelContext camel;
    private Runnable end = () -> {};
    private volatile String reason;
    private volatile boolean isStaying;
    private volatile boolean isDrained;
    private volatile boolean isKnown;

    /** @param rooms that it works on, with commas between; blank: all */
    public ServiceNode(Workers workers, ActiveRuns running, OwnNetwork network, String rooms) {
        this.workers = workers;
        this.running = running;
        this.network = network;
        this.rooms = rooms(rooms);
    }

    /** The words of {@code node.rooms}. */
    public static List<String> rooms(String list) {
        return Stream.of(list.strip().split("\\s*,\\s*"))
                .filter(room -> !room.isEmpty())
                .toList();
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel = context;
    }

    /** Has this done when it is told to drain and not to stay. */
    public void whenDrained(Runnable action) {
        end = action;
    }

    /**
     * The parameters of {@code ops/beat-node}.
     *
     * @param step the last one of the schema that this program knows
     */
    public Map<String, Object> beat(int step) throws JsonProcessingException {
        isKnown = false; // until the database has answered
        Map<String, Object> parameters = new HashMap<>(row());
        parameters.put("name", Node.name());
        parameters.put("rooms", JSON.writeValueAsString(rooms));
        parameters.put("version", Node.version());
        parameters.put("step", step);
        parameters.put("lease", workers.lease().toMillis());
        parameters.put("reason", reason);
        parameters.put("drained", isDrained);
        parameters.put(
                "cut_off_since",
                network.goneSince() == null ? null : network.goneSince().toString());
        return parameters;
    }

    /** The parameters of {@code ops/claim-lost-timers}. */
    public Map<String, Object> claimant() throws JsonProcessingException {
        return Map.of(
                "node",
                Node.name(),
                "process",
                workers.process(),
                "rooms",
                JSON.writeValueAsString(rooms),
                "works",
                JSON.writeValueAsString(works()));
    }

    /** The endpoints that this process can be asked at: a node of another version may have others. */
    private List<String> works() {
        return camel.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .filter(uri -> uri.startsWith("direct:"))
                .map(uri -> uri.replaceFirst("^direct:/*", "direct:"))
                .toList();
    }

    /** The parameters of {@code ops/delete-node}. */
    public Map<String, Object> row() {
        return Map.of("node", workers.process());
    }

    /** Whether it had a row a moment ago, and a database to have it in. */
    public boolean isKnown() {
        return isKnown;
    }

    /** Does what is wanted of it. @param answer the row of {@code ops/beat-node} */
    public void heard(Map<String, Object> answer, int step) {
        isKnown = true;
        Integer newest = (Integer) answer.get("newest");
        if (reason != null) {
            return;
        }
        if (newest != null && newest > step) {
            drain(OLDER.formatted(newest, step), true);
        } else if ((Boolean) answer.get("is_draining")) {
            drain((String) answer.get("reason"), (Boolean) answer.get("stays"));
        }
    }

    /** It was told to stop by a signal: the others see why it begins nothing any more. */
    public void leave() {
        if (reason == null) {
            reason = "It was told to stop.";
        }
        say();
    }

    /** Says what is so now, and waits for nothing: the route may be stopped already. */
    private void say() {
        camel.createProducerTemplate()
                .asyncSendBody("direct:ops-node-schedule-beat?block=false&failIfNoConsumers=false", "");
    }

    /** Its row is gone. */
    public void left() {
        isKnown = false;
    }

    private void drain(String why, boolean stays) {
        reason = why;
        LOG.warn(
                "This node drains: what is under way is committed and handed over, and nothing new is begun. It then {}. reason={}",
                stays ? "stays up until it is stopped" : "ends",
                why);
        isStaying = stays;
        running.stopAll();
        if (stays) {
            new Thread(this::stopWhatBegins, "drain").start();
        } else {
            end.run();
        }
    }

    /** Each route that begins something by itself; it waits for what is under way there. */
    private void stopWhatBegins() {
        RouteController routes = camel.getRouteController();
        List<String> begin = new ArrayList<>();
        for (Route route : camel.getRoutes()) {
            String scheme = route.getEndpoint().getEndpointUri().replaceFirst("(?s):.*", "");
            if (List.of("quartz", "timer", "file", "kafka").contains(scheme) && !STAY.contains(route.getRouteId())) {
                begin.add(route.getRouteId());
            }
        }
        stopped.addAll(begin);
        for (String route : begin) {
            try {
                routes.stopRoute(route, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                LOG.warn("A route could not be stopped; it begins nothing all the same. route={}", route, e);
            }
        }
        try {
            workers.awaitNone();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        isDrained = true;
        LOG.info("This node is drained: it holds nothing, and begins nothing new. Stop it when it suits you.");
        say();
    }

    /** Whether it is up, and begins nothing new. */
    public boolean isStaying() {
        return isStaying;
    }

    /** Why it drains; null if it does not. */
    public String draining() {
        return reason;
    }

    /** The routes that are stopped because it drains. */
    Set<String> stopped() {
        return new TreeSet<>(stopped);
    }
}
