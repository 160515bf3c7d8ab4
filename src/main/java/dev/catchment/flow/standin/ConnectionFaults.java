package dev.catchment.flow.standin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * The faults that no message can express, done to the connection itself. It knows that the HTTP server of Camel is
 * Vert.x; nothing else does.
 */
final class ConnectionFaults {

    /** After this a hang ends by itself, so that no thread is held for ever. */
    private static final Duration LONGEST_HANG = Duration.ofMinutes(5);

    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Ends every pause and hang, now and from now on. */
    void stop() {
        stopping.countDown();
    }

    /** Waits, less long if the stand-in stops. */
    void pause(Duration duration) {
        await(stopping, duration);
    }

    /** Waits until the client is gone. */
    void hang(Exchange exchange) {
        CountDownLatch gone = new CountDownLatch(1);
        HttpServerResponse response = response(exchange);
        response.closeHandler(nothing -> gone.countDown());
        long end = System.nanoTime() + LONGEST_HANG.toNanos();
        while (!response.closed() && stopping.getCount() > 0 && System.nanoTime() < end) {
            // Two things may end a hang, and a latch waits for one: look at the other now and then.
            await(gone, Duration.ofMillis(50));
        }
    }

    /** Promises a whole body, sends half of it and closes the connection. Camel then finds the answer given. */
    void drop(Exchange exchange, Answer answer) {
        HttpServerResponse response = response(exchange);
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader("Content-Length", String.valueOf(answer.body().length));
        var connection = ((HttpMessage) exchange.getIn()).getRequest().connection();
        response.end(Buffer.buffer(Spoiler.half(answer.body()))).onComplete(sent -> connection.close());
    }

    private static HttpServerResponse response(Exchange exchange) {
        return ((HttpMessage) exchange.getIn()).getResponse();
    }

    private static void await(CountDownLatch latch, Duration longest) {
        try {
            latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
