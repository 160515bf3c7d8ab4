package dev.catchment.catalog.standin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Stands in for the Socrata Discovery API where there is no network or none is wanted: demonstration, tests,
 * benchmark. Serves a file of records as {@link Discovery} says, and goes wrong on request. Safe for many threads.
 */
public class StandIn implements CamelContextAware {

    /** The catalogue of our own making that is served when no file is given, on the class path. */
    public static final String BUILT_IN = "/catalog/demo-assets.jsonl";
    /** The app token that is answered with 403. */
    public static final String REFUSED_TOKEN = "refused";

    private final FaultSchedule faults = new FaultSchedule();
    private final ConnectionFaults wire = new ConnectionFaults();
    private final RequestLog requests = new RequestLog();
    private CamelContext context;
    private boolean enabled;
    private String data = "";
    private volatile Records records;
    private volatile Duration latency = Duration.ZERO;
    private volatile Spoiler spoiler = new Spoiler(Clock.systemUTC(), Duration.ofSeconds(1));
    private volatile Function<Request, Optional<Answer>> override = request -> Optional.empty();

    /** Reads the catalogue, if enabled. Errors: {@link IllegalArgumentException} naming file and line. */
    public void start() {
        if (enabled && data.isBlank()) {
            records = RecordsReader.read(StandIn.class.getResourceAsStream(BUILT_IN), BUILT_IN);
        } else if (enabled) {
            load(Path.of(data));
        }
    }

    /** Answers one request; what the route calls. */
    public void answer(Exchange exchange) {
        Request request = Request.of(exchange.getMessage(), spoiler.clock().instant());
        requests.add(request);
        wire.pause(latency);
        Fault fault = faults.next(request);
        Answer answer = override.apply(request)
                .orElseGet(() -> spoiler.spoil(Discovery.answer(request, records, fault), fault));
        if (fault == Fault.DROPPED) {
            wire.drop(exchange, answer);
            return;
        }
        if (fault == Fault.HANG) {
            wire.hang(exchange);
        }
        answer.writeTo(exchange.getMessage());
    }

    /** Serves another file from now on: JSON lines in UTF-8, plain or gzip. Errors as in {@link #start()}. */
    public void load(Path file) {
        try {
            records = RecordsReader.read(Files.newInputStream(file), file.toString());
        } catch (IOException e) {
            String what = "Cannot open the catalogue %s for the stand-in (%s).";
            String then = " Give catalog.stand-in.data a file that can be read, or nothing.";
            throw new UncheckedIOException(what.formatted(file, e.getClass().getSimpleName()) + then, e);
        }
    }

    /** Serves other records from now on, each one line of JSON. Errors as in {@link #start()}. */
    public void replace(List<String> lines) {
        InputStream bytes = new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        records = RecordsReader.read(bytes, "given in memory");
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

    /** Time that passes before each answer. */
    public void setLatency(Duration latency) {
        this.latency = latency;
    }

    /** Switches the schedule of faults: {@code on} or {@code off}. Errors: {@link IllegalArgumentException}. */
    public void setFaults(String onOrOff) {
        if (!onOrOff.equals("on") && !onOrOff.equals("off")) {
            throw new IllegalArgumentException("catalog.stand-in.faults is on or off, not '" + onOrOff + "'.");
        }
        faults.switchOn(onOrOff.equals("on"));
    }

    /** What {@code Retry-After} says, as a number of whole seconds or as that long after the clock's time. */
    public void setRetryAfter(Clock clock, Duration retryAfter) {
        spoiler = new Spoiler(clock, retryAfter);
    }

    /** Whether {@link #start()} does anything. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** The file that {@link #start()} reads, relative to the working folder; empty for {@link #BUILT_IN}. */
    public void setData(String data) {
        this.data = data;
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
