package dev.catchment.catalog;

import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Stands in a route and lets its crawl end when the route is stopped, over JMX or with the service: without it Camel
 * would wait for the crawl to end by itself, and break it off when the wait is over. Suspending a route stops nothing.
 */
public final class StopCrawls extends ServiceSupport implements Processor, ShutdownPrepared {
    private final Crawls crawls;
    private final Predicate<CrawlOrder> which;

    /** @param which a region, or the trigger of the crawls that end, or all */
    public StopCrawls(Crawls crawls, String which) {
        this.crawls = crawls;
        this.which = order -> List.of("all", order.region(), order.trigger()).contains(which);
    }

    @Override
    public void process(Exchange exchange) {
        // It is here for prepareShutdown alone.
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            crawls.stop(which);
        }
    }
}
