package dev.catchment.policy.visit;

import dev.catchment.http.HttpAnswer;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The robots.txt of every host that one visit comes to. Each is asked for once at the most. */
final class RobotsOfVisit {
    private final Map<String, Robots> hosts = new HashMap<>();
    private Robots asking;
    private Robots learned;

    /** At the host of a page. @param kept its rules, null if none are known that still count */
    void enter(URI page, RobotsRules kept) {
        learned = null;
        if (asking == null) {
            Robots here = hosts.computeIfAbsent(Location.host(page), host -> new Robots(page, kept));
            asking = here.isKnown() ? null : here;
        }
    }

    /** The address of a robots.txt that has to be asked for before anything else. */
    Optional<URI> next() {
        return Optional.ofNullable(asking).map(Robots::next);
    }

    /** Whether the page may be asked for; its host was entered. */
    boolean allows(URI page) {
        return hosts.get(Location.host(page)).allows(page);
    }

    /** @return why the visit cannot go on, empty if it can */
    Optional<Verdict> answered(HttpAnswer answer, Duration retryAfter) {
        Robots asked = asking;
        asked.answered(answer);
        if (!asked.isKnown()) {
            return Optional.empty();
        }
        learn();
        return asked.isDeferred()
                ? Optional.of(new Verdict(
                        FetchOutcome.ROBOTS_UNREACHABLE,
                        "asked=%s status=%d".formatted(asked.next(), answer.status()),
                        retryAfter,
                        null))
                : Optional.empty();
    }

    /** Nothing came, if one was asked for. */
    void failed() {
        if (asking != null) {
            asking.failed();
            learn();
        }
    }

    private void learn() {
        learned = asking;
        asking = null;
    }

    /** What was learned at this host, to be kept for all visits; null if nothing is to be. */
    Robots learned() {
        return learned;
    }

    Duration gap(String host, Duration polite) {
        return hosts.containsKey(host) ? hosts.get(host).gap(polite) : polite;
    }
}
