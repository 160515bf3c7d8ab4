package dev.catchment.web.gate;

import dev.catchment.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.support.LRUCacheFactory;

/**
 * API keys: {@code <id>.<secret>}. What a key may do is read from the database for each request, so that one that is revoked
 * ends at once; that its secret is right, which takes tens of milliseconds to find out, is remembered for a minute.
 */
public final class Keys {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([\\w-]{20,64})");
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** When it was verified, by the SHA-256 of the key. */
    private final Map<String, Instant> verified = LRUCacheFactory.newLRUCache(1_000);

    /** Both as they stand in {@code Authorization: Bearer <id>.<secret>}. */
    private record Key(String id, String secret) {}

    /** @return null if there is none that could be one */
    private static Key of(WebRequest request) {
        String given = request.header("Authorization");
        if (given == null || !given.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        Matcher key = FORM.matcher(given.substring(7).strip());
        return key.matches() ? new Key(key.group(1), key.group(2)) : null;
    }

    /** Whether there is a key to look for. */
    public boolean isGiven(WebRequest request) {
        return of(request) != null;
    }

    /** The parameters of {@code web/find-key}; its id is no secret. */
    public Map<String, Object> sought(WebRequest request) {
        return Map.of("id", of(request).id());
    }

    /** The id of the key: attempts are counted by it. */
    public String id(WebRequest request) {
        return of(request).id();
    }

    /** Whether its secret was right within the last minute. */
    public boolean isRemembered(WebRequest request) {
        Instant since = verified.get(Sha256.of(request.header("Authorization")));
        return since != null && since.plus(REMEMBERED).isAfter(Instant.now());
    }

    /**
     * Who has the key: null if it is wrong, expired, revoked or not there, all of which take as long to find out.
     *
     * @param exchange whose body is the row of {@code web/find-key}
     */
    public Caller caller(Exchange exchange) {
        WebRequest request = exchange.getProperty("request", WebRequest.class);
        Map<?, ?> found = exchange.getMessage().getBody(Map.class);
        String hash = found == null ? null : (String) found.get("key_hash");
        String memory = Sha256.of(request.header("Authorization"));
        if (!isRemembered(request)) {
            if (!Bcrypt.isOf(of(request).secret(), hash)) {
                return null;
            }
            verified.put(memory, Instant.now());
        }
        if (found == null || !Boolean.TRUE.equals(found.get("is_valid"))) {
            verified.remove(memory);
            return null;
        }
        Map<String, Object> row = new HashMap<>();
        found.forEach((field, value) -> row.put(String.valueOf(field), value));
        return Caller.of(row, null);
    }
}
