package dev.catchment.flow.standin;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Stands in for a source where there is no network or none is wanted: demonstration, tests, benchmark. It answers over real
 * HTTP, and goes wrong on request. Safe for many threads.
 */
public abstract class StandIn implements CamelContextAware {
    private final FaultSchedule faults = new FaultSchedule();
    private final ConnectionFaults wire = new ConnectionFaults();
    private final RequestLog requests = new RequestLog();
    private CamelContext context;
    private volatile Duration latency = Duration.ZERO;
    private volatile Spoiler spoiler = new Spoiler(Clock.systemUTC(), Duration.ofSeconds(1));
    private volatile Function<Request, Optional<Answer>> override = request -> Optional.empty();

    /** What the source would say. @param fault of the order of records, which is to be met; the others are done to the answer */
    protected abstract Answer answer(Request request, Fault fault);

    /** The parameter that says how many records are asked for. */
    protected abstract String sizeParameter();

    /** Answers one request; what the route calls. */
    public void answer(Exchange exchange) {
        Request request = Request.of(exchange.getMessage(), spoiler.clock().instant());
        requests.add(request);
        wire.pause(latency);
        Fault fault = faults.next(request.without(sizeParameter()));
        Answer answer = override.apply(request).orElseGet(() -> spoiler.spoil(answer(request, fault), fault));
        if (fault == Fault.DROPPED) {
            wire.drop(exchange, answer);
            return;
        }
        if (fault == Fault.HANG) {
            wire.hang(exchange);
        }
        answer.writeTo(exchange.getMessage());
    }

    /** Queues faults for the next requests, one each, whatever they ask; {@link Fault#NONE} lets one pass. */
    public void next(Fault... queued) {
        faults.queue(List.of(queued));
    }

    /** Asks a function first; what it does not answer is answered as ever. A queued fault still uses itself up. */
    public void override(Function<Request, Optional<Answer>> function) {
        override = function;
    }

    /** The last {@value RequestLog#KEPT} requests, oldest first. */
    public List<Request> requests() {
        return requests.all();
    }

    /** Forgets the requests so far. */
    public void forget() {
        requests.clear();
    }

    /** Forgets the requests so far, and the faults, pauses and answers that it was told to give. */
    public void reset() {
        forget();
        faults.reset();
        latency = Duration.ZERO;
        override = request -> Optional.empty();
        spoiler = new Spoiler(Clock.systemUTC(), Duration.ofSeconds(1));
    }

    /** Time that passes before each answer. */
    public void setLatency(Duration latency) {
        this.latency = latency;
    }

    /** Switches the schedule of faults: {@code on} or {@code off}. Errors: {@link IllegalArgumentException}. */
    public void setFaults(String onOrOff) {
        if (!onOrOff.equals("on") && !onOrOff.equals("off")) {
            throw new IllegalArgumentException("Faults are on or off, not '" + onOrOff + "'.");
        }
        faults.switchOn(onOrOff.equals("on"));
    }

    /** What {@code Retry-After} says, as a number of whole seconds or as that long after the clock's time. */
    public void setRetryAfter(Clock clock, Duration retryAfter) {
        spoiler = new Spoiler(clock, retryAfter);
    }

    /** Ends hangs and pauses as soon as the context stops, for it waits for requests under way. */
    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                wire.stop();
            }
        });
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
