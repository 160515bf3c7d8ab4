package dev.catchment.flow;

import dev.catchment.errors.Words;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was lost to a conflict with another writer, of which nothing is kept, is written again. */
public final class WriteAgain implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(WriteAgain.class);

    /** A serialization failure, a deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private static final int MOST = 7;

    /** Whether what failed is a conflict, and not one for ever. */
    public boolean isWanted(Exchange exchange) {
        Throwable failure = failure(exchange);
        while (failure != null && !(failure instanceof SQLException)) {
            failure = failure.getCause();
        }
        boolean conflict = failure instanceof SQLException sql && CONFLICTS.contains(String.valueOf(sql.getSQLState()));
        return conflict && again(exchange) <= MOST;
    }

    /** Says it, and counts it for statements that keep {@code again}. */
    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        int again = again(exchange);
        LOG.info(
                "A batch was lost to a conflict and is written again. again={} reason={}",
                again,
                Words.of(failure(exchange), "the database"));
        Map<String, Object> parameters = exchange.getMessage().getHeader("CamelJdbcParameters", Map.class);
        if (parameters.containsKey("again")) {
            parameters.put("again", again);
        }
    }

    private static Throwable failure(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }

    private static int again(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    }
}
