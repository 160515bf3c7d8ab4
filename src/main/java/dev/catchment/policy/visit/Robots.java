package dev.catchment.policy.visit;

import dev.catchment.http.HttpAnswer;
import dev.catchment.policy.page.Fetched;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** robots.txt of one host, as one visit knows it: kept from before, or asked for, hop by hop. */
final class Robots {
    /** As many have to be followed, also to other hosts: RFC 9309, section 2.3.1.2. */
    private static final int MOST_REDIRECTS = 5;

    private static final String AGENT = "catchment";

    private final String host;
    private final Redirects hops;
    private RobotsRules rules;
    private Fetched answer;

    /** @param kept null if nothing is known that still counts */
    Robots(URI page, RobotsRules kept) {
        host = Location.host(page);
        hops = new Redirects(page.resolve("/robots.txt"), MOST_REDIRECTS);
        rules = kept;
    }

    /** Of a host whose robots.txt was kept. @return null if it does not say what is allowed: it is asked for again then */
    static RobotsRules kept(Fetched robots) {
        RobotsRules rules = RobotsRules.of(robots, AGENT);
        return rules.isDeferred() ? null : rules;
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
