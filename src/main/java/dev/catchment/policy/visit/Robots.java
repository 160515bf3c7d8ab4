package dev.catchment.policy.visit;

import dev.catchment.http.HttpAnswer;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The robots.txt of every host that one visit comes to. Each is asked for once at the most. */
final class Robots {
    /** As many have to be followed, also to other hosts: RFC 9309, section 2.3.1.2. */
    private static final int MOST_REDIRECTS = 5;

    private static final String AGENT = "catchment";

    private final Map<String, Host> hosts = new HashMap<>();
    private Host asking;
    private Host learned;

    /** At the host of a page. @param kept its rules, null if none are known that still count */
    void enter(URI page, RobotsRules kept) {
        learned = null;
        if (asking == null) {
            Host here = hosts.computeIfAbsent(Location.host(page), host -> new Host(page, kept));
            asking = here.isKnown() ? null : here;
        }
    }

    /** The address of a robots.txt that has to be asked for before anything else. */
    Optional<URI> next() {
        return Optional.ofNullable(asking).map(Host::next);
    }

    /** Whether the page may be asked for; its host was entered. */
    boolean allows(URI page) {
        return hosts.get(Location.host(page)).allows(page);
    }

    /** @return why the visit cannot go on, empty if it can */
    Optional<Verdict> answered(HttpAnswer answer, Duration retryAfter) {
        Host asked = asking;
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
    Host learned() {
        return learned;
    }

    Duration gap(String host, Duration polite) {
        return hosts.containsKey(host) ? hosts.get(host).gap(polite) : polite;
    }

    /** Of a host whose robots.txt was kept. @return null if it does not say what is allowed: it is asked for again then */
    static RobotsRules kept(Fetched robots) {
        RobotsRules rules = RobotsRules.of(robots, AGENT);
        return rules.isDeferred() ? null : rules;
    }

    /** robots.txt of one host, as one visit knows it: kept from before, or asked for, hop by hop. */
    static final class Host {
        private final String host;
        private final Redirects hops;
        private RobotsRules rules;
        private Fetched answer;

        /** @param kept null if nothing is known that still counts */
        Host(URI page, RobotsRules kept) {
            host = Location.host(page);
            hops = new Redirects(page.resolve("/robots.txt"), MOST_REDIRECTS);
            rules = kept;
        }

        URI next() {
            return hops.next();
        }

        boolean isKnown() {
            return rules != null;
        }

        boolean allows(URI page) {
            return rules.allows(page);
        }

        /** Asked to wait, failing, or led around in circles: nothing may be fetched until it says what may be. */
        boolean isDeferred() {
            return rules.isDeferred();
        }

        Duration gap(Duration polite) {
            return isKnown() ? rules.gap(polite) : polite;
        }

        void answered(HttpAnswer said) {
            if (!hops.follow(said) || hops.isLoop()) {
                answer = new Fetched(hops.begin(), hops.next(), said.status(), said.headers(), said.body());
                rules = RobotsRules.of(answer, AGENT);
            }
        }

        /** Nothing came: no status. */
        void failed() {
            answer = new Fetched(hops.begin(), hops.next(), 0, Map.of(), new byte[0]);
            rules = RobotsRules.unreachable();
        }

        /** The parameters of {@code policy/update-host-robots}. */
        Map<String, Object> parameters() {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("host", host);
            parameters.put("status", answer.status());
            parameters.put("url", answer.answered().toString());
            parameters.put("type", answer.header("content-type").orElse(null));
            parameters.put("robots", answer.body());
            return parameters;
        }
    }
}
