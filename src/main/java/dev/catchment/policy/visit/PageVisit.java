package dev.catchment.policy.visit;

import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import dev.catchment.http.OwnNetwork;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One visit to a page: hop by hop to what answers, or to the reason why nothing does. What route policy-fetch works on:
 * round by round it has the turn at one host, and asks that for robots.txt, unless it is known, or for the page.
 */
public final class PageVisit {
    private static final int MOST_REDIRECTS = 10;

    private final URI requested;
    private final Map<String, String> headers;
    private final String worker;
    private final Redirects hops;
    private final Robots robots = new Robots();
    private Fetched fetched;
    private Verdict failure;
    private boolean isUnanswered;
    private Duration retryAfter;
    private long begun;
    private long nanoseconds;

    /** A step on the way. @param status such as 301 @param location where it led, as a whole address */
    public record Redirect(int status, URI location) {}

    /**
     * @param headers to send along, such as If-None-Match; to the first address alone, since they are of no other
     * @param worker who asks, as policy.hosts knows it
     */
    public PageVisit(URI requested, Map<String, String> headers, String worker) {
        this.requested = requested;
        this.headers = Map.copyOf(headers);
        this.worker = worker;
        this.hops = new Redirects(requested, MOST_REDIRECTS);
    }

    public URI requested() {
        return requested;
    }

    /** Of the page, as policy.hosts knows it. */
    public String host() {
        return Location.host(requested);
    }

    public String worker() {
        return worker;
    }

    public List<Redirect> redirects() {
        return hops.redirects();
    }

    /** What answered in the end; null if nothing did. */
    public Fetched fetched() {
        return fetched;
    }

    /** Why nothing answered, or nothing was asked; null if something answered. */
    public Verdict failure() {
        return failure;
    }

    /** Where the page says it is now for good: the end of a chain of 301 and 308 from its beginning; null if nowhere else. */
    public URI movedTo() {
        return hops.movedTo();
    }

    /** Of the requests for the page, waiting for a turn not included. */
    public int milliseconds() {
        return Math.toIntExact(nanoseconds / 1_000_000);
    }

    public boolean hasNext() {
        return fetched == null && failure == null;
    }

    /** What is asked next: the page, or a robots.txt. */
    public URI next() {
        return robots.next().orElseGet(hops::next);
    }

    Robots robots() {
        return robots;
    }

    /** Whether the host was asked for anything in this turn. */
    boolean hasAsked() {
        return begun != 0;
    }

    /** How long the host asked to be left alone when it was asked last; null if it did not. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** Has the turn at the host of what is next. @param kept its rules; null if they are not known */
    void enter(RobotsRules kept) {
        retryAfter = null;
        begun = 0;
        robots.enter(hops.next(), kept);
        if (robots.next().isEmpty() && !robots.allows(hops.next())) {
            failure = Verdict.of(FetchOutcome.ROBOTS_REFUSED, "asked=" + hops.next());
        }
    }

    public HttpCall call() {
        begun = System.nanoTime();
        return robots.next()
                .map(url -> new HttpCall(url, Map.of(), RobotsRules.MOST_BYTES))
                .orElseGet(() -> new HttpCall(hops.next(), validators(), Long.MAX_VALUE));
    }

    private Map<String, String> validators() {
        return hops.redirects().isEmpty() ? headers : Map.of();
    }

    public void answered(HttpAnswer answer) {
        retryAfter = answer.retryAfter();
        if (robots.next().isPresent()) {
            failure = robots.answered(answer, retryAfter).orElse(null);
        } else {
            nanoseconds += System.nanoTime() - begun;
            arrive(answer);
        }
    }

    private void arrive(HttpAnswer answer) {
        if (hops.follow(answer)) {
            failure = hops.isLoop() ? Verdict.of(FetchOutcome.REDIRECT_LOOP, "led=" + hops.next()) : null;
        } else if (answer.status() == 304 && validators().isEmpty()) {
            failure = Verdict.of(FetchOutcome.ODD_STATUS, "status=304 asked=" + hops.next());
        } else {
            fetched = new Fetched(hops.begin(), hops.next(), answer.status(), answer.headers(), answer.body());
        }
    }

    /** Whether a request got no answer. */
    public boolean isUnanswered() {
        return isUnanswered;
    }

    /** No answer came, or nothing may be asked there. */
    public void failed(Throwable trouble) {
        isUnanswered = OwnNetwork.isDoubted(trouble);
        failure = NetworkFailures.of(trouble, next());
        nanoseconds += robots.next().isEmpty() && hasAsked() ? System.nanoTime() - begun : 0;
        robots.failed();
    }

    /** The host is not to be had. @param wait until it may be */
    void busy(Duration wait) {
        failure = new Verdict(FetchOutcome.HOST_BUSY, "asked=" + next(), wait, null);
    }
}
