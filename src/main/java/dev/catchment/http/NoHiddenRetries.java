package dev.catchment.http;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * Takes from the HTTP client what only the routes may do. Left alone it repeats a 429 or 503 by itself, unseen by the
 * throttler, the redelivery policy and the ledger, and follows redirects and cookies.
 */
public final class NoHiddenRetries implements HttpClientConfigurer {
    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries();
        client.disableRedirectHandling();
        client.disableCookieManagement();
    }
}
