package dev.catchment.ops;

import dev.catchment.support.TestDatabase;

/** Runs as the rooms leave them in the ledger, without running. */
final class Ledger {
    private Ledger() {}

    /** A run that is over. @param ago how long, as an interval @return its id */
    static long ended(String room, String flow, String scope, String status, String ago) {
        return TestDatabase.number("""
                insert into ops.runs (room, flow, scope, trigger, mode, node, status, begun_at, started_at, heartbeat_at,
                  finished_at, is_complete, error, note)
                select '%1$s', '%2$s', '%3$s', 'timer', 'full', 'n', '%4$s', at, at, at, at, '%4$s' = 'succeeded',
                  case when '%4$s' = 'failed' then 'The network was down.' end,
                  case when '%4$s' = 'partial' then 'Three pages are missing.' end
                from (select now() - interval '%5$s' as at) moment returning id""".formatted(room, flow, scope, status, ago));
    }

    /** As many failed crawls, each of another scope. */
    static void storm(String room, int scopes) {
        TestDatabase.execute("""
                insert into ops.runs (room, flow, scope, trigger, mode, node, status, begun_at, started_at, heartbeat_at,
                  finished_at, error)
                select '%s', 'walk', 'source-' || n, 'timer', 'full', 'n', 'failed', now(), now(), now(), now(),
                  'The network was down.'
                from generate_series(1, %d) n""".formatted(room, scopes));
    }
}
