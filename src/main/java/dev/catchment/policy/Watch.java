package dev.catchment.policy;

import dev.catchment.flow.RunStart;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages being checked: all that are due, or one. */
public final class Watch extends PageRun {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    /** A page that failed for a moment, or changed, may be visited once more within the watch. */
    private static final int MOST_VISITS = 2;

    private final WatchOrder order;
    private final Claim.Terms terms;
    private final int alarmAfter;
    private final Map<String, Integer> visits = new ConcurrentHashMap<>();
    private final AtomicBoolean hasTold = new AtomicBoolean();

    Watch(WatchOrder order, RunStart start, Claim.Terms terms, int alarmAfter) {
        super(start);
        this.order = order;
        this.terms = terms;
        this.alarmAfter = alarmAfter;
    }

    WatchOrder order() {
        return order;
    }

    int alarmAfter() {
        return alarmAfter;
    }

    public Claim claim(String worker) {
        return new Claim(this, worker, terms);
    }

    /** The pages that are not to be visited again, as JSON. */
    String done() {
        int most = order.dryRun() || order.source() != null ? 1 : MOST_VISITS;
        return visits.entrySet().stream()
                .filter(visited -> visited.getValue() >= most)
                .map(visited -> '"' + visited.getKey() + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }

    /**
     * A worker waits.
     *
     * @param held pages that other processes hold
     * @param waited milliseconds so far: in a third of the lease a process that lives has sent a heartbeat
     */
    void waits(int held, long waited, long lease) {
        if (held > 0 && waited > lease / 3 && hasTold.compareAndSet(false, true)) {
            LOG.info(
                    "Waiting for pages claimed by a process that sends no heartbeat; after {} s without one they"
                            + " are checked here. pages={}",
                    lease / 1000,
                    held);
        }
    }

    void pause(long milliseconds) throws InterruptedException {
        stopSignal().await(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** A page was claimed: it is visited from here on, and nobody else may claim it once more before that is known. */
    void claimed(ClaimedPage check) {
        visits.merge(check.source(), 1, Integer::sum);
    }

    /** A page was checked. @param row of {@code policy/merge-check}; null in a dry run */
    public void checked(ClaimedPage check, Decision decision, Map<String, Object> row) {
        if (row == null && !order.dryRun()) {
            LOG.warn(
                    "A page was claimed by another worker meanwhile, got another address, or was deleted, or this run was taken for"
                            + " dead; nothing is written. source=\"{}\"",
                    check.name());
            return;
        }
        tally().add("seen", 1);
        tally().add(decision.outcome().count(), 1);
        tally().add("bytes", decision.bytes());
        log(check, decision);
        if (!"timer".equals(order.trigger())) {
            tell(result(check, decision, row == null ? Map.of() : row));
        }
    }

    private static Map<String, Object> result(ClaimedPage check, Decision decision, Map<String, Object> row) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("source", check.name());
        result.put("outcome", decision.outcome().code());
        result.put("cause", decision.cause());
        result.put("message", decision.message());
        result.put(
                "next_check_at", decision.next().truncatedTo(ChronoUnit.SECONDS).toString());
        result.put("version", row.get("sequence"));
        result.put("alerts", row.get("alerts"));
        return result;
    }

    /** A text was made anew before its page is visited. @param row of {@code policy/merge-renormalised} */
    public void renormalised(Renormalised made, Map<String, Object> row) {
        made.check().renormalised(made, order.dryRun() ? Map.of() : row);
        LOG.info("Page text rebuilt: its rules or our libraries have changed. {}", made.told());
    }

    private static void log(ClaimedPage check, Decision decision) {
        switch (decision.outcome()) {
            case CHANGED -> LOG.info("A page changed. source=\"{}\" url={}", check.name(), check.text("url"));
            case FAILED ->
                LOG.info(
                        "A page could not be read; next check at {}. cause={} source=\"{}\" message={}",
                        decision.next(),
                        decision.cause(),
                        check.name(),
                        decision.message());
            case HELD -> LOG.info("{} source=\"{}\"", decision.message(), check.name());
            default -> LOG.debug("A page was checked. outcome={} source=\"{}\"", decision.outcome(), check.name());
        }
    }

    @Override
    protected String reads() {
        return order.source() == null ? "the pages that are due" : order.name();
    }
}
