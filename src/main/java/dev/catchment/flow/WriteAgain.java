package dev.catchment.flow;

import dev.catchment.errors.FailureText;
import dev.catchment.postgres.Conflict;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was lost to a conflict with another writer, of which nothing is kept, is written again. */
public final class WriteAgain implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(WriteAgain.class);

    private static final int MOST = 7;

    /** Whether what failed is a conflict, and not one for ever. */
    public boolean isWanted(Exchange exchange) {
        return Conflict.isBeneath(failure(exchange)) && again(exchange) <= MOST;
    }

    @Override
    public void process(Exchange exchange) {
        LOG.info(
                "A batch was lost to a conflict and is written again. again={} reason={}",
                again(exchange),
                FailureText.of(failure(exchange), "the database"));
    }

    private static Throwable failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }

    private static int again(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    }
}
