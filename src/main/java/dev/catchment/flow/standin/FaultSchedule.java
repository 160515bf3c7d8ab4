package dev.catchment.flow.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which request meets which fault. What was queued comes first. Else, when switched on, the first question is
 * answered well, the next ten meet one fault of {@link #ROUND} each, and from then on every {@link #PAUSE}th meets the
 * next one. A question that met a fault is answered well when it is asked again, also for another number of records.
 * So a crawl of eleven pages meets every fault, and each retry succeeds. Safe for use by many threads.
 */
final class FaultSchedule {

    /** The faults in the order they are met. */
    static final List<Fault> ROUND = List.of(
            Fault.THROTTLED_FOR_SECONDS,
            Fault.BROKEN,
            Fault.TRUNCATED,
            Fault.UNAVAILABLE,
            Fault.DROPPED,
            Fault.HTML,
            Fault.THROTTLED_UNTIL_DATE,
            Fault.HANG,
            Fault.EMPTY,
            Fault.THROTTLED);
    /** After the first round: one question in so many meets a fault. */
    static final int PAUSE = 20;

    private final Deque<Fault> queue = new ArrayDeque<>();
    private final Set<String> owed = new HashSet<>();
    private boolean on;
    private int questions;
    private int met;

    synchronized void switchOn(boolean nowOn) {
        on = nowOn;
    }

    /** As it was at first. */
    synchronized void reset() {
        queue.clear();
        owed.clear();
        on = false;
        questions = 0;
        met = 0;
    }

    synchronized void queue(List<Fault> faults) {
        queue.addAll(faults);
    }

    /** @param question what is asked, not how much of it */
    synchronized Fault next(String question) {
        if (!queue.isEmpty()) {
            return queue.remove();
        }
        if (!on || owed.remove(question)) {
            return Fault.NONE;
        }
        int number = questions++;
        boolean due = number <= ROUND.size() ? number > 0 : number % PAUSE == 0;
        if (!due) {
            return Fault.NONE;
        }
        owed.add(question);
        return ROUND.get(met++ % ROUND.size());
    }
}
