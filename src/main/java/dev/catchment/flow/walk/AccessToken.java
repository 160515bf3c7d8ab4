package dev.catchment.flow.walk;

import dev.catchment.flow.Secrets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's token for a source: it goes into one header of requests to it and nowhere else. Once the source has
 * refused it, walks continue without.
 */
public final class AccessToken {
    private static final Logger LOG = LoggerFactory.getLogger(AccessToken.class);

    private final String variable;
    private final String header;
    private final AtomicReference<String> token;

    /** @param variable of the environment that holds it */
    public AccessToken(Secrets secrets, String variable, String header) {
        this(secrets, variable, header, "{secret}");
    }

    /** @param variable null if there is none @param value what the header says, with {@code {secret}} in it */
    public AccessToken(Secrets secrets, String variable, String header, String value) {
        this.variable = variable;
        this.header = header;
        String said = variable == null ? null : secrets.get(variable);
        this.token =
                new AtomicReference<>(said == null || said.isBlank() ? null : value.replace("{secret}", said.strip()));
    }

    Map<String, String> headers() {
        String value = token.get();
        return value == null ? Map.of() : Map.of(header, value);
    }

    boolean isInUse() {
        return token.get() != null;
    }

    void drop() {
        if (token.getAndSet(null) != null) {
            LOG.warn("The API rejected {} (403); this process continues without it. Check the token.", variable);
        }
    }

    @Override
    public String toString() {
        return variable + (isInUse() ? " in use" : " not in use");
    }
}
