package dev.catchment.catalog;

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
    private final String region;

    /** @param region us, eu or all */
    public StopCrawls(Crawls crawls, String region) {
        this.crawls = crawls;
        this.region = region;
    }

    @Override
    public void process(Exchange exchange) {
        // It is here for prepareShutdown alone.
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (!suspendOnly) {
            Crawls.REGIONS.stream()
                    .filter(each -> region.equals("all") || region.equals(each))
                    .forEach(crawls::stop);
        }
    }
}
