package dev.catchment.flow.transport;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.walk.ActiveWalk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The pages of one run that were sent and of which it is not known yet whether they are committed: {@code ops.requests} says so. */
final class SentPages {
    private static final List<String> COUNTS = List.of("added", "updated", "unchanged", "restored", "unlisted");
    /** Who is told to stop, or has failed, waits for what the writers have in their hands. */
    private static final long LAST_PATIENCE = 3_000_000_000L;

    /** A page that is lost while others are committed is waited for so many times as long, and no longer. */
    private static final int MOST_TIMES = 10;

    private final TreeSet<Integer> open = new TreeSet<>();
    private boolean isLookedAt;
    private long movedAt;
    private long roomMovedAt;
    private long lastOfRoom;

    synchronized void sent(int sequence) {
        open.add(sequence);
        isLookedAt = false;
    }

    synchronized int count() {
        return open.size();
    }

    /** All pages up to this one are committed, as far as is known. */
    synchronized int after() {
        return open.isEmpty() ? 0 : open.first() - 1;
    }

    /**
     * What the ledger says of them.
     *
     * @param walk whose pages these are; not kept, for it would never be let go of then
     * @param rows of {@code ops/list-committed-pages}
     * @param patience nanoseconds without any commit in the room: pages of others may stand before them
     */
    synchronized void follow(ActiveWalk walk, List<Map<String, Object>> rows, long patience) {
        if (open.isEmpty()) {
            return;
        }
        if (rows.isEmpty() || !(boolean) rows.get(0).get("is_running")) {
            giveUp(
                    walk,
                    new FatalFailure("The run is no longer running in ops.runs: another process took it for dead."));
            return;
        }
        look(rows.get(0).get("room_committed") instanceof Long last ? last : 0);
        for (Map<String, Object> row : rows) {
            if (row.get("sequence") instanceof Integer sequence && open.remove(sequence)) {
                walk.written(List.of(more(walk, row)), sequence);
                movedAt = System.nanoTime();
                roomMovedAt = movedAt;
            }
        }
        if (rows.get(0).get("error") instanceof String error) {
            giveUp(walk, new PermanentFailure(error));
        } else if (walk.isStopping() || walk.isFailed()) {
            if (System.nanoTime() - movedAt > Math.min(patience, LAST_PATIENCE)) {
                giveUp(walk, walk.isStopping() ? null : late(walk, patience));
            }
        } else if (System.nanoTime() - roomMovedAt > patience || System.nanoTime() - movedAt > MOST_TIMES * patience) {
            giveUp(walk, late(walk, patience));
        }
    }

    /** Nobody waits for what was not looked for yet. @param last when a page of the room was committed last */
    private void look(long last) {
        if (!isLookedAt) {
            isLookedAt = true;
            movedAt = System.nanoTime();
            roomMovedAt = movedAt;
        } else if (last > lastOfRoom) {
            roomMovedAt = System.nanoTime();
        }
        lastOfRoom = Math.max(last, lastOfRoom);
    }

    /** What the run has counted since it was looked at last: pages are committed side by side, so no count is that of one. */
    private Map<String, Object> more(ActiveWalk walk, Map<String, Object> row) {
        Map<String, Object> more = new LinkedHashMap<>();
        for (String count : COUNTS) {
            long now = ((Number) row.get(count)).longValue();
            more.put(count, Math.max(0, now - walk.tally().get(count)));
        }
        return more;
    }

    private TransientFailure late(ActiveWalk walk, long patience) {
        return new TransientFailure(
                "None of %d pages that were sent to Kafka (kafka.brokers) was committed, and no other page of the room, within %d s: the brokers are out of reach, their topic is gone, or no node that works on %s writes, or another installation has the same kafka.pages.topic."
                        .formatted(
                                open.size(),
                                patience / 1_000_000_000L,
                                walk.start().order().room()));
    }

    /** They may still be committed until the run is closed, and never after. @param cause null for a stop */
    private void giveUp(ActiveWalk walk, Throwable cause) {
        open.forEach(sequence -> walk.notWritten(cause, sequence));
        open.clear();
    }
}
