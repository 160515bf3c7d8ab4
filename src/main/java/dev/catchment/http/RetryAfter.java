package dev.catchment.http;

import dev.catchment.errors.FailureText;
import dev.catchment.errors.TransientFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next redelivery wait as long as the server asked, within a cap; RFC 9110, section 10.2.3.
 */
public final class RetryAfter implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(RetryAfter.class);

    private final long longest;
    private final int retries;

    /**
     * @param longest cap in milliseconds
     * @param retries after which a request is given up
     */
    public RetryAfter(long longest, int retries) {
        this.longest = longest;
        this.retries = retries;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        HttpCall call = exchange.getProperty("call", HttpCall.class);
        log(call, failure);
        exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
        if (failure instanceof TransientFailure transientFailure) {
            transientFailure
                    .retryAfter()
                    .map(wait -> Math.min(wait.toMillis(), longest))
                    .ifPresent(wait -> {
                        call.notBefore(Instant.now().plusMillis(wait));
                        exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 1); // await() does the waiting
                    });
        }
    }

    /**
     * The parameters of the statement that lets a host be, for all that ask it.
     *
     * @return null if it may be asked at its usual pace
     */
    public Map<String, Object> pause(HttpCall call, HttpAnswer answer) {
        Duration wait = call.pause(answer, Duration.ofMillis(longest));
        return wait == null || wait.isZero() ? null : Map.of("host", call.hostName(), "wait_ms", wait.toMillis());
    }

    private void log(HttpCall call, Throwable failure) {
        if (!call.hasTurn()) {
            return; // nothing was asked: the database failed, or nobody wants the answer
        }
        boolean again = call.attempts() <= retries && call.isWanted();
        LOG.info(
                "A request failed and is {}. host={} attempt={} reason={}",
                again ? "tried again" : "given up",
                call.host(),
                call.attempts(),
                FailureText.of(failure, "the URL"));
    }

    /**
     * Waits until the server wants to be asked again. Camel would sleep, and let nobody stop it for as long as that.
     *
     * @throws TransientFailure if nobody wants the answer any more
     */
    public void await(@Body HttpCall call) throws InterruptedException {
        call.awaitTurn();
        if (!call.isWanted()) {
            throw new TransientFailure("The answer is no longer wanted.");
        }
    }

    /**
     * @param value seconds or an HTTP date; may be null
     * @return how long to wait from now on, null where the value says nothing that can be read
     */
    public static Duration parse(String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeException unreadable) {
            return null; // our own back-off applies
        }
    }
}
