package dev.catchment.policy.visit;

import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.ActiveRuns;
import java.time.Duration;
import java.util.Map;

/** The turns of this process: one request at a time to a host, over all processes, and a gap between two. */
public final class Turns {
    private final ActiveRuns running;
    private final Duration gap;
    private final Duration patience;
    private final Duration longestWait;
    private final Duration maxAge;

    /**
     * @param gap between two requests to a host, unless it asks for more
     * @param patience how long a turn is waited for
     * @param longestWait the longest Retry-After or Crawl-delay that is honoured
     * @param maxAge of a robots.txt; all in milliseconds
     */
    public Turns(ActiveRuns running, long gap, long patience, long longestWait, long maxAge) {
        this.running = running;
        this.gap = Duration.ofMillis(gap);
        this.patience = Duration.ofMillis(patience);
        this.longestWait = Duration.ofMillis(longestWait);
        this.maxAge = Duration.ofMillis(maxAge);
    }

    /** Begins to wait for the turn at the host of what the visit asks next. */
    public Turn turn(PageVisit visit) {
        return new Turn(Location.host(visit.next()), visit.worker(), patience);
    }

    /** Waits until the host is to be looked at again. @throws TransientFailure if the process is told to stop */
    public void await(Turn turn) throws InterruptedException {
        if (running.isClosedWithin(turn.pause())) {
            throw new TransientFailure(
                    "This process is stopping, so it no longer waits for its turn at a host. host=" + turn.host());
        }
    }

    /** The parameters of {@code policy/open-host-turn}. */
    public Map<String, Object> opening(Turn turn) {
        return turn.parameters();
    }

    /** At the host, or in vain. */
    public void enter(PageVisit visit, Turn turn) {
        if (turn.isMine()) {
            visit.enter(turn.rules(maxAge));
        } else {
            visit.busy(Duration.ofMillis(turn.wanted()));
        }
    }

    /** The parameters of {@code policy/close-host-turn}. */
    public Map<String, Object> closing(PageVisit visit, Turn turn) {
        Map<String, Object> parameters = turn.parameters();
        parameters.put("gap", visit.hasAsked() ? gap(visit, turn).toMillis() : null);
        return parameters;
    }

    private Duration gap(PageVisit visit, Turn turn) {
        Duration asked = longer(crawlDelay(visit, turn), visit.retryAfter() == null ? gap : visit.retryAfter());
        return longer(gap, asked.compareTo(longestWait) > 0 ? longestWait : asked);
    }

    /** A longer one than a visit can wait is kept between visits alone, or a page behind a redirect were never reached. */
    private Duration crawlDelay(PageVisit visit, Turn turn) {
        Duration asked = visit.robots().gap(turn.host(), gap);
        return visit.hasNext() && asked.compareTo(patience.dividedBy(2)) > 0 ? gap : asked;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The parameters of {@code policy/update-host-robots}; null if nothing was learned in this turn. */
    public Map<String, Object> learned(PageVisit visit) {
        Robots.Host learned = visit.robots().learned();
        return learned == null ? null : learned.parameters();
    }
}
