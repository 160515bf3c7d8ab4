package dev.catchment.http;

import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * The HTTP client for servers that a setting names: through a proxy if there is one, with connections that are kept. What a
 * retry, a redirect or a cookie does is seen by the throttler, the redelivery policy and the ledger, or is not done.
 */
public final class ApiClient implements HttpClientConfigurer, AutoCloseable {
    /** To connect, to begin to answer, and to send the rest. */
    private static final int STEPS = 3;

    private final RequestDeadline deadline;

    /** @param timeout of each step of a request, in milliseconds */
    public ApiClient(long timeout) {
        deadline = new RequestDeadline(Duration.ofMillis(STEPS * timeout));
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        configure(client, deadline);
    }

    /** Left alone, the client repeats a 429 or 503 by itself, and follows redirects and cookies. */
    static void configure(HttpClientBuilder client, RequestDeadline deadline) {
        client.disableAutomaticRetries();
        client.disableRedirectHandling();
        client.disableCookieManagement();
        client.addExecInterceptorFirst("deadline", deadline);
    }

    @Override
    public void close() {
        deadline.close();
    }
}
