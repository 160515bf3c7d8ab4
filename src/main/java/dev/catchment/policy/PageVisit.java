package dev.catchment.policy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One visit to a page: hop by hop to what answers, or to the reason why nothing does. What route policy-fetch works on.
 */
public final class PageVisit {
    private final URI requested;
    private final Map<String, String> headers;
    private final String worker;
    private final List<Redirect> redirects = new ArrayList<>();
    private URI next;
    private Fetched fetched;
    private Verdict failure;
    private long milliseconds;

    /** A step on the way. @param status such as 301 @param location where it led, as a whole address */
    public record Redirect(int status, URI location) {}

    /**
     * @param headers to send along, such as If-None-Match
     * @param worker who asks, as policy.hosts knows it
     */
    public PageVisit(URI requested, Map<String, String> headers, String worker) {
        this.requested = requested;
        this.next = requested;
        this.headers = Map.copyOf(headers);
        this.worker = worker;
    }

    public URI requested() {
        return requested;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public String worker() {
        return worker;
    }

    public List<Redirect> redirects() {
        return List.copyOf(redirects);
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
        return null;
    }

    /** Of the requests themselves, waiting for a turn not included. */
    public int milliseconds() {
        return Math.toIntExact(milliseconds);
    }
}
