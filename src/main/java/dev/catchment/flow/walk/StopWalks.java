package dev.catchment.flow.walk;

import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.ActiveRuns;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Stands in a route and lets its walk end when the route is stopped, over JMX or with the service: without it Camel
 * would wait for the walk to end by itself, and break it off when the wait is over. Suspending a route stops nothing.
 */
public final class StopWalks extends ServiceSupport implements Processor, ShutdownPrepared {
    private final ActiveRuns running;
    private final Predicate<WalkOrder> which;

    /** @param which a scope of the room, or the trigger of the walks that end, or all */
    public StopWalks(ActiveRuns running, String room, String which) {
        this.running = running;
        this.which = order -> order.room().equals(room)
                && List.of("all", order.scope(), order.trigger()).contains(which);
    }

    @Override
    public void process(Exchange exchange) {
        // It is here for prepareShutdown alone.
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            running.all().stream()
                    .filter(run -> run instanceof ActiveWalk walk && which.test(walk.order()))
                    .forEach(ActiveRun::stop);
        }
    }
}
