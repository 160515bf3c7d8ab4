package dev.catchment.flow.walk;

import dev.catchment.flow.RunOrder;
import java.time.Instant;

/**
 * What is asked of one walk.
 *
 * @param scope what of the room is walked, such as a region
 * @param trigger what asked for it: timer, start, cli, jmx, demo
 * @param part what of each record is kept, as the ledger names it; null: all
 * @param fresh start over, even if the last walk is unfinished
 * @param since walk back to this moment only, newest first; null: everything
 * @param cursor begin after this key; null: where the last walk stopped, or at the beginning
 * @param limit records at the most; 0: all
 * @param dryRun compare and report, write nothing
 */
public record WalkOrder(
        String room,
        String flow,
        String scope,
        String trigger,
        String part,
        boolean fresh,
        Instant since,
        String cursor,
        long limit,
        boolean dryRun) {

    /** All of a scope, resuming where an unfinished walk stopped. */
    public static WalkOrder whole(String room, String flow, String scope, String trigger) {
        return new WalkOrder(room, flow, scope, trigger, null, false, null, null, 0, false);
    }

    /** The same for a time of a timer. @param timer what its run is over: room/flow/scope */
    public static WalkOrder timed(String timer) {
        String[] words = timer.split("/", 3);
        return whole(words[0], words[1], words[2], "timer");
    }

    /** What part of the scope is asked for, as the ledger names it. */
    public String mode() {
        if (dryRun) {
            return "dry-run";
        }
        if (since != null) {
            return "since";
        }
        if (limit > 0 || cursor != null) {
            return "partial";
        }
        return part == null ? "full" : part;
    }

    /** Whether all of the scope is asked for, so that an unfinished walk can be resumed. */
    boolean asksForAll() {
        return since == null && limit == 0 && cursor == null;
    }

    /** The run it asks for. */
    public RunOrder run() {
        return new RunOrder(room, flow, scope, trigger, mode(), asksForAll() && !fresh, cursor);
    }
}
