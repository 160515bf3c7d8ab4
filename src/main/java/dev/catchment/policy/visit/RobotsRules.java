package dev.catchment.policy.visit;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.catchment.policy.page.Fetched;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a host's robots.txt asks of us, by RFC 9309. To be kept for 24 hours at the most (section 2.4), and asked for
 * again before the next visit if it defers.
 */
public final class RobotsRules {
    /** The least a crawler has to read (section 2.5); what comes after it is not read. */
    public static final int MOST_BYTES = 500 * 1024;

    private final BaseRobotRules rules;

    private RobotsRules(BaseRobotRules rules) {
        this.rules = rules;
    }

    /**
     * @param robots the answer to the request for robots.txt, redirects followed
     * @param agent our product token, such as catchment
     */
    public static RobotsRules of(Fetched robots, String agent) {
        int status = robots.status();
        if (status < 200 || status >= 300) {
            // Not there, or not for us: everything is allowed (2.3.1.3). Asked to wait, we wait.
            return new RobotsRules(parser().failedFetch(status == 429 ? 503 : status));
        }
        byte[] read = robots.body().length > MOST_BYTES ? Arrays.copyOf(robots.body(), MOST_BYTES) : robots.body();
        return new RobotsRules(parser().parseContent(
                        robots.answered().toString(),
                        read,
                        robots.header("content-type").orElse("text/plain"),
                        List.of(agent.toLowerCase(Locale.ROOT))));
    }

    /** Of a host that did not answer: nothing is allowed, and it is not known for how long (2.3.1.4). */
    public static RobotsRules unreachable() {
        return new RobotsRules(parser().failedFetch(503));
    }

    /** False as well while nothing is known. */
    public boolean allows(URI url) {
        return rules.isAllowed(url.toString());
    }

    /** It is not known what is allowed: a visit is put off, not given up. */
    public boolean isDeferred() {
        return rules.isDeferVisits();
    }

    /** @param polite our own gap between two requests, and the least there is */
    public Duration gap(Duration polite) {
        Duration asked = Duration.ofMillis(Math.max(0, rules.getCrawlDelay()));
        return asked.compareTo(polite) > 0 ? asked : polite;
    }

    /** As it stands the parser takes a long delay for a refusal; to us it is a delay, however long. */
    private static SimpleRobotRulesParser parser() {
        return new SimpleRobotRulesParser(Long.MAX_VALUE, 0);
    }
}
