package dev.catchment.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Route;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;

/** The Quartz triggers of the routes that are started: which of them will not fire, or should have. */
public final class Triggers implements CamelContextAware {
    /** A scheduler that is busy fires a little later. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private CamelContext camel;

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel = context;
    }

    /** Whether the one scheduler of this process works; true where no route has a cron. */
    boolean isAlive() {
        try {
            return routes().isEmpty() || scheduler().isStarted() && !scheduler().isShutdown();
        } catch (SchedulerException e) {
            return false;
        }
    }

    /** By route: null for a trigger that fires as it should, else what is wrong with it. */
    Map<String, String> states(Instant now) {
        Map<String, String> states = new TreeMap<>();
        routes().forEach((route, endpoint) -> states.put(route, trouble(endpoint, now)));
        return states;
    }

    private Map<String, QuartzEndpoint> routes() {
        Map<String, QuartzEndpoint> routes = new TreeMap<>();
        for (Route route : camel.getRoutes()) {
            if (route.getEndpoint() instanceof QuartzEndpoint quartz
                    && camel.getRouteController().getRouteStatus(route.getId()).isStarted()) {
                routes.put(route.getId(), quartz);
            }
        }
        return routes;
    }

    private Scheduler scheduler() {
        return camel.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private String trouble(QuartzEndpoint endpoint, Instant now) {
        try {
            Trigger trigger = scheduler().getTrigger(endpoint.getTriggerKey());
            TriggerState state = scheduler().getTriggerState(endpoint.getTriggerKey());
            if (trigger == null || state == TriggerState.NONE || state == TriggerState.COMPLETE) {
                return "its trigger is gone";
            }
            if (state == TriggerState.ERROR || state == TriggerState.PAUSED) {
                return "its trigger is %s".formatted(state == TriggerState.ERROR ? "in error" : "paused");
            }
            // What still works at the last time is not late for the next one.
            boolean isLate = state == TriggerState.NORMAL
                    && trigger.getNextFireTime() != null
                    && trigger.getNextFireTime().toInstant().isBefore(now.minus(PATIENCE));
            return isLate
                    ? "it should have fired at %s"
                            .formatted(trigger.getNextFireTime().toInstant())
                    : null;
        } catch (SchedulerException e) {
            return "its scheduler does not answer";
        }
    }
}
