package dev.catchment.flow;

import dev.catchment.postgres.Conflict;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What needs a table for itself for a moment, and did not get it: it is tried again, now and then, for a while. */
public final class LockWait implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(LockWait.class);

    private final ActiveRuns running;
    private final Duration pause;
    private final int most;

    /** @param pause in milliseconds, between two attempts */
    public LockWait(ActiveRuns running, long pause, int most) {
        this.running = running;
        this.pause = Duration.ofMillis(pause);
        this.most = most;
    }

    /** Whether it is a lock that was missing. */
    public boolean isLocked(Exchange exchange) {
        return Conflict.isLocked(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** Whether it is tried again: not for ever, and not by a process that is told to end. */
    public boolean isWanted(Exchange exchange) {
        return again(exchange) <= most && !running.isClosed();
    }

    @Override
    public void process(Exchange exchange) {
        LOG.info(
                "Partitions could not be made or dropped while others use their tables; tried again. again={} of={} after={} route={}",
                again(exchange),
                most,
                pause,
                exchange.getFromRouteId());
    }

    private static int again(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    }
}
