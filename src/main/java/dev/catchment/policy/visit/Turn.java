package dev.catchment.policy.visit;

import dev.catchment.policy.page.Fetched;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The turn of one worker at one host: waited for, had, given back. */
public final class Turn {
    /** Between two looks at a host that somebody else is at. */
    private static final int STEP = 250;

    /** What was given longer ago may have been given to another since: this process did nothing for a while. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final String host;
    private final String worker;
    private final long end;
    private Map<String, Object> row = Map.of();
    private long askedAt;

    /** @param patience longest time to wait */
    Turn(String host, String worker, Duration patience) {
        this.host = host;
        this.worker = worker;
        this.end = System.nanoTime() + patience.toNanos();
    }

    public String host() {
        return host;
    }

    String worker() {
        return worker;
    }

    public boolean isMine() {
        return Boolean.TRUE.equals(row.get("is_yours"));
    }

    /** Neither had nor given up. */
    public boolean isWaiting() {
        return !isMine() && (row.isEmpty() || left() > 0 && left() >= wanted());
    }

    /** Milliseconds to wait before the host is looked at again. */
    long pause() {
        if (row.isEmpty()) {
            return 0;
        }
        long step = ThreadLocalRandom.current().nextLong(STEP / 2, STEP);
        return Math.min(wanted() > 0 ? wanted() : step, left());
    }

    /** Milliseconds until the host may be asked, whoever is at it now. */
    long wanted() {
        return ((Number) row.getOrDefault("wait", 0L)).longValue();
    }

    private long left() {
        return (end - System.nanoTime()) / 1_000_000;
    }

    /** @param said the row of {@code policy/open-host-turn}; asked for again if it comes too late to be true still */
    public void said(Map<String, Object> said) {
        row = System.nanoTime() - askedAt > FRESH.toNanos() ? Map.of() : said;
    }

    /** What is kept of robots.txt; null if there is nothing, or nothing that still counts. */
    RobotsRules rules(Duration maxAge) {
        Number age = (Number) row.get("robots_age");
        if (age == null || age.longValue() >= maxAge.toMillis()) {
            return null;
        }
        URI url = URI.create((String) row.get("robots_url"));
        Object type = row.get("robots_type");
        Map<String, String> headers = type == null ? Map.of() : Map.of("content-type", (String) type);
        return Robots.kept(new Fetched(
                url, url, ((Number) row.get("robots_status")).intValue(), headers, (byte[]) row.get("robots")));
    }

    Map<String, Object> parameters() {
        askedAt = System.nanoTime();
        return new HashMap<>(Map.of("host", host, "worker", worker));
    }
}
