package dev.catchment.ops;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Times the requests that this process sends and answers, by what Camel says of them; no route has a step for it. It is made before
 * the routes, or Camel would not find it.
 */
public final class RequestMeters extends SimpleEventNotifierSupport implements CamelContextAware {
    private static final String SENT_TO = "http://host-of-the-call";
    private static final String ASKED_AT = "platform-http:";

    private CamelContext camel;
    private Metrics metrics;

    public RequestMeters() {
        // It ignores what it is not told to heed.
        setIgnoreExchangeEvents(false);
        setIgnoreExchangeCompletedEvent(false);
        setIgnoreExchangeFailedEvents(false);
        setIgnoreExchangeRedeliveryEvents(false);
        setIgnoreExchangeSentEvents(false);
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel = context;
    }

    @Override
    public void notify(CamelEvent event) {
        if (metrics == null) {
            metrics = camel.getRegistry().lookupByNameAndType("metrics", Metrics.class);
        }
        if (metrics != null) {
            count(event);
        }
    }

    private void count(CamelEvent event) {
        if (event instanceof ExchangeSentEvent sent) {
            if (sent.getEndpoint().getEndpointUri().startsWith(SENT_TO)) {
                metrics.sent(room(sent.getExchange()), status(sent.getExchange()), sent.getTimeTaken());
            }
        } else if (event instanceof ExchangeRedeliveryEvent again) {
            if (again.getExchange().getProperty("httpCall") != null) {
                metrics.retried(room(again.getExchange()));
            }
        } else if (event instanceof ExchangeCompletedEvent || event instanceof ExchangeFailedEvent) {
            answered(((ExchangeEvent) event).getExchange());
        }
    }

    private void answered(Exchange exchange) {
        if (exchange.getFromEndpoint() != null
                && exchange.getFromEndpoint().getEndpointUri().startsWith(ASKED_AT)) {
            Integer status = status(exchange);
            metrics.answered(
                    exchange.getFromRouteId(),
                    status == null ? (exchange.isFailed() ? 500 : 200) : status,
                    exchange.getClock().elapsed());
        }
    }

    private static Integer status(Exchange exchange) {
        return exchange.getException() != null
                ? null
                : exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    }

    /** The room whose route the exchange began with. */
    private static String room(Exchange exchange) {
        Route route =
                exchange.getFromRouteId() == null ? null : exchange.getContext().getRoute(exchange.getFromRouteId());
        return route == null || route.getGroup() == null ? "" : route.getGroup();
    }
}
