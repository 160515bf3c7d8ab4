package dev.catchment.catalog.walk;

import dev.catchment.flow.Secrets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's application token: it goes into one header of requests to the Discovery API and nowhere else. Once the
 * API has refused it, the crawls go on without.
 */
public final class AppToken {
    private static final Logger LOG = LoggerFactory.getLogger(AppToken.class);

    private final AtomicReference<String> token;

    public AppToken(Secrets secrets) {
        String said = secrets.get("SOCRATA_APP_TOKEN");
        this.token = new AtomicReference<>(said == null || said.isBlank() ? null : said.strip());
    }

    Map<String, String> headers() {
        String value = token.get();
        return value == null ? Map.of() : Map.of("X-App-Token", value);
    }

    public boolean isInUse() {
        return token.get() != null;
    }

    public void drop() {
        if (token.getAndSet(null) != null) {
            LOG.warn("The API rejected SOCRATA_APP_TOKEN (403); this process continues without it. Check the token.");
        }
    }

    @Override
    public String toString() {
        return isInUse() ? "an application token" : "no application token";
    }
}
